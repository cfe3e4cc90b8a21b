import { X509Certificate } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Authority } from '../../broker/devices/authority.ts'
import { fileAuthorityKey } from '../../broker/devices/authority-key.ts'
import { lock } from '../../broker/devices/locks.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { newTokenSecret, readToken, tokenText } from '../../broker/protocol/enrolment-token.ts'
import { deviceUri, enrolmentProof } from '../../broker/protocol/identity.ts'
import { HOUR, obtain, refusalOf, softwareKey, world } from './world.ts'

describe('enrolment with a key in software', () => {
  it('issues a certificate of at most a day for the key, with the device’s URI, and says what it is', async () => {
    const w = await world()
    const key = softwareKey()
    const answer = await obtain(w, key, { token: w.leave() })
    expect(answer).toMatchObject({ person: 'ana@example.com', name: 'laptop', level: 'software' })
    const certificate = new X509Certificate(answer.certificate)
    expect(certificate.subjectAltName).toBe(`URI:${deviceUri(answer.device)}`)
    expect(certificate.publicKey.export({ type: 'spki', format: 'der' })).toEqual(key.spki)
    expect(certificate.checkIssued(w.authority.certificate)).toBe(true)
    expect(certificate.verify(w.authority.certificate.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
    expect(answer.notAfter - w.clock.now).toBeLessThanOrEqual(24 * HOUR)
    expect(w.store.device(answer.device)).toMatchObject({ level: 'software', evidence: undefined })
  })

  it('refuses a token that was used, is too old or unknown; an attempt uses it up', async () => {
    const w = await world()
    const token = w.leave()
    w.enrolment.begin({ who: { token }, tpm: undefined })
    expect(await refusalOf(() => obtain(w, softwareKey(), { token }))).toBe('token-invalid')
    const old = w.leave()
    w.clock.now += HOUR
    expect(await refusalOf(() => obtain(w, softwareKey(), { token: old }))).toBe('token-invalid')
    expect(await refusalOf(() => obtain(w, softwareKey(), { token: newTokenSecret() }))).toBe('token-invalid')
  })

  it('keeps no token and no private key in the ledger', async () => {
    const w = await world()
    const token = w.leave()
    const key = softwareKey()
    await obtain(w, key, { token })
    const written = ['broker.db', 'broker.db-wal'].map((file) => readFileSync(join(w.folder, file)))
    const secrets = [token, key.privateKey.export({ format: 'jwk' }).d!].map((text) => Buffer.from(text))
    const raw = [
      Buffer.from(token, 'base64url'),
      Buffer.from(key.privateKey.export({ format: 'jwk' }).d!, 'base64url'),
    ]
    for (const file of written)
      for (const secret of [...secrets, ...raw]) expect(file.includes(secret)).toBe(false)
    expect(statSync(join(w.folder, 'broker.db')).mode & 0o077).toBe(0)
  })

  it('refuses a level below the token’s, a late answer, a second answer', async () => {
    const w = await world()
    const demanding = w.leave({ atLeast: 'tpm' })
    expect(await refusalOf(() => obtain(w, softwareKey(), { token: demanding }))).toBe('level-too-low')
    const key = softwareKey()
    const request = await key.request()
    const { session, nonce } = w.enrolment.begin({ who: { token: w.leave() }, tpm: undefined })
    const finish = { session, request, proof: key.sign(enrolmentProof(nonce, request)), tpm: undefined }
    w.clock.now += 60_000
    expect(await refusalOf(() => w.enrolment.finish(finish))).toBe('session-unknown')
    const again = w.enrolment.begin({ who: { token: w.leave() }, tpm: undefined })
    const proof = key.sign(enrolmentProof(again.nonce, request))
    await w.enrolment.finish({ ...finish, session: again.session, proof })
    expect(await refusalOf(() => w.enrolment.finish({ ...finish, session: again.session, proof }))).toBe(
      'session-unknown',
    )
  })

  it('refuses a request that another key signed, and a proof for another moment', async () => {
    const w = await world()
    const key = softwareKey()
    const other = softwareKey()
    const request = await key.request()
    const begin = () => w.enrolment.begin({ who: { token: w.leave() }, tpm: undefined })
    const first = begin()
    const byOther = other.sign(enrolmentProof(first.nonce, request))
    const finish = { session: first.session, request, proof: byOther, tpm: undefined }
    expect(await refusalOf(() => w.enrolment.finish(finish))).toBe('proof-invalid')
    const second = begin()
    const stale = {
      ...finish,
      session: second.session,
      proof: key.sign(enrolmentProof(first.nonce, request)),
    }
    expect(await refusalOf(() => w.enrolment.finish(stale))).toBe('proof-invalid')
    const third = begin()
    const forged = Buffer.from(request)
    forged[forged.length - 1]! ^= 1
    const proof = key.sign(enrolmentProof(third.nonce, forged))
    expect(
      await refusalOf(() =>
        w.enrolment.finish({ ...finish, session: third.session, request: forged, proof }),
      ),
    ).toBe('request-invalid')
  })

  it('replaces an enrolled device of the same person and name', async () => {
    const w = await world()
    const first = await obtain(w, softwareKey(), { token: w.leave() })
    const second = await obtain(w, softwareKey(), { token: w.leave() })
    expect(w.store.device(first.device)?.revokedAt).toBeDefined()
    expect(w.store.device(second.device)?.revokedAt).toBeUndefined()
  })
})

describe('renewal', () => {
  it('gives a new certificate for the same key, also after the last one has ended', async () => {
    const w = await world()
    const key = softwareKey()
    const first = await obtain(w, key, { token: w.leave() })
    w.clock.now += 72 * HOUR
    const second = await obtain(w, key, { device: first.device })
    expect(second.notAfter).toBeGreaterThan(w.clock.now)
    expect(second.certificate).not.toBe(first.certificate)
  })

  it('is refused for another key, an unknown, revoked or locked device, and after the enrolment has ended', async () => {
    const w = await world({ enrolmentLife: 100 * HOUR })
    const key = softwareKey()
    const { device } = await obtain(w, key, { token: w.leave() })
    expect(await refusalOf(() => obtain(w, softwareKey(), { device }))).toBe('key-mismatch')
    expect(await refusalOf(() => obtain(w, key, { device: 'nobody' }))).toBe('device-unknown')
    const locked = lock(
      w.store,
      { kind: 'person', id: 'ana@example.com' },
      { reason: 'lost', by: 'op' },
      w.clock.now,
    )
    expect(await refusalOf(() => obtain(w, key, { device }))).toBe('locked')
    expect(await refusalOf(() => obtain(w, softwareKey(), { token: w.leave({ name: 'new' }) }))).toBe(
      'locked',
    )
    w.store.liftLock(locked.id, { by: 'op', at: w.clock.now })
    w.clock.now += 90 * HOUR
    const last = await obtain(w, key, { device })
    expect(last.notAfter).toBeLessThanOrEqual(last.enrolledUntil)
    w.clock.now += 10 * HOUR
    expect(await refusalOf(() => obtain(w, key, { device }))).toBe('enrolment-ended')
    w.store.revokeDevice(device, 'sold', { by: 'op', at: w.clock.now })
    expect(await refusalOf(() => obtain(w, key, { device }))).toBe('device-revoked')
  })

  it('that was begun before a lock is refused at its end', async () => {
    const w = await world()
    const key = softwareKey()
    const { device } = await obtain(w, key, { token: w.leave() })
    const { session, nonce } = w.enrolment.begin({ who: { device }, tpm: undefined })
    lock(w.store, { kind: 'device', id: device }, { reason: 'stolen', by: 'op' }, w.clock.now)
    const request = await key.request()
    const proof = key.sign(enrolmentProof(nonce, request))
    expect(await refusalOf(() => w.enrolment.finish({ session, request, proof, tpm: undefined }))).toBe(
      'locked',
    )
  })
})

describe('what is kept', () => {
  it('survives a restart: authority, device, lock; a lock with an end ends', async () => {
    const w = await world()
    const { device } = await obtain(w, softwareKey(), { token: w.leave() })
    const target = { kind: 'device', id: device } as const
    lock(w.store, target, { reason: 'why', by: 'op', until: w.clock.now + HOUR }, w.clock.now)
    w.store.close()
    const reopened = openDeviceStore(join(w.folder, 'broker.db'))
    expect(reopened.device(device)?.person).toBe('ana@example.com')
    expect(reopened.activeLock(target, w.clock.now)?.reason).toBe('why')
    expect(reopened.activeLock(target, w.clock.now + HOUR)).toBeUndefined()
    reopened.close()
    const key = fileAuthorityKey(join(w.folder, 'authority.key'))
    const same = await Authority.open(key, w.authority.certificate.toString(), w.clock.now)
    expect(same.fingerprint).toBe(w.authority.fingerprint)
  })

  it('refuses an authority key that others may read', async () => {
    const w = await world()
    const file = join(w.folder, 'authority.key')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    chmodSync(file, 0o640)
    expect(() => fileAuthorityKey(file)).toThrow('others may read')
  })

  it('a token names its authority, and a damaged one is refused', async () => {
    const w = await world()
    const token = { secret: newTokenSecret(), authority: w.authority.fingerprint }
    expect(readToken(tokenText(token))).toEqual(token)
    for (const text of ['', 'gomeisa-enrol.x.y', `${tokenText(token)}.z`, tokenText(token).slice(0, -3)]) {
      expect(await refusalOf(() => readToken(text))).toBe('token-invalid')
    }
  })
})
