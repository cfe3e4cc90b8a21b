import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { createPublicKey, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  answerWithTpm,
  ENDORSEMENT_PLACES,
  makeTpmKeys,
  type TpmKeys,
} from '../../broker/client/tpm/tpm-device.ts'
import type { Tpm } from '../../broker/client/tpm/tpm.ts'
import { endorsementHash } from '../../broker/devices/endorsement.ts'
import { rejudge } from '../../broker/devices/trust.ts'
import type { BeginAnswer, FinishRequest, TpmClaims } from '../../broker/protocol/enrolment-messages.ts'
import { enrolmentProof } from '../../broker/protocol/identity.ts'
import { sized, u32 } from '../../broker/tpm/bytes.ts'
import { HANDLE } from '../../broker/tpm/constants.ts'
import { readPublicArea } from '../../broker/tpm/public-area.ts'
import { ATTESTATION_KEY, LINK_KEY, STORAGE_ROOT } from '../../broker/tpm/templates.ts'
import { signedBy } from '../../broker/tpm/attestation.ts'
import { hasSoftwareTpm, Manufacturer, type SoftwareTpm } from './software-tpm.ts'
import { refusalOf, softwareKey, world, type World } from './world.ts'

const available = hasSoftwareTpm()
let maker: Manufacturer
let device: SoftwareTpm
let other: SoftwareTpm

beforeAll(async () => {
  if (!available) return
  maker = new Manufacturer('One')
  device = await maker.make().start()
  other = await maker.make().start()
}, 60_000)

afterAll(async () => {
  if (!available) return
  await Promise.all([device.remove(), other.remove()])
  maker.remove()
})

async function trusting(): Promise<World> {
  const w = await world()
  w.store.addTrust('root', maker.root, { by: 'op', at: 0 })
  w.store.addTrust('intermediate', maker.intermediate, { by: 'op', at: 0 })
  return w
}

interface Forgery {
  readonly claims?: (claims: TpmClaims) => TpmClaims
  readonly asked?: (asked: BeginAnswer) => BeginAnswer
  readonly finish?: (finish: FinishRequest) => FinishRequest | Promise<FinishRequest>
  readonly keys?: (tpm: Tpm) => Promise<{ keys: TpmKeys; claims: TpmClaims }>
}

/** A whole enrolment as an attacker with this machine might bend it. */
async function enrol(w: World, tpm: Tpm, forgery: Forgery = {}, token = w.leave({ atLeast: 'tpm' })) {
  const { keys, claims } = await (forgery.keys ?? makeTpmKeys)(tpm)
  const asked = w.enrolment.begin({ who: { token }, tpm: forgery.claims?.(claims) ?? claims })
  const finish = await answerWithTpm(tpm, keys, forgery.asked?.(asked) ?? asked, 'laptop')
  const answer = await w.enrolment.finish((await forgery.finish?.(finish)) ?? finish)
  return { ...answer, keys }
}

/** A public area with another point in it. */
function withForeignPoint(area: Buffer): Buffer {
  const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const point = [x!, y!].map((each) => sized(Buffer.from(each, 'base64url')))
  return Buffer.concat([area.subarray(0, area.length - 68), ...point])
}

/** Keys made with other templates than the agent's. */
async function keysOf(tpm: Tpm, attestation: Buffer, link: Buffer) {
  const made = await makeTpmKeys(tpm)
  const { handle: root } = await tpm.createPrimary(HANDLE.owner, STORAGE_ROOT)
  try {
    const attestationKey = await tpm.create(root, attestation)
    const linkKey = await tpm.create(root, link)
    const claims = { ...made.claims, akPublic: attestationKey.publicArea, keyPublic: linkKey.publicArea }
    return { keys: { ...made.keys, attestationKey, linkKey }, claims }
  } finally {
    await tpm.flush(root)
  }
}

describe.skipIf(!available)('enrolment with a TPM', { timeout: 60_000 }, () => {
  it.each(
    ENDORSEMENT_PLACES.filter(({ certificate }) => certificate !== 0x1c0000a).map(
      (place) => [place.kind, place] as const,
    ),
  )(
    'with an %s endorsement key from a trusted maker is level tpm; the certificate is for the TPM’s key',
    async (_kind, place) => {
      const w = await trusting()
      const keys = (tpm: Tpm) => makeTpmKeys(tpm, [place])
      const answer = await enrol(w, device.tpm, { keys })
      expect(answer.level).toBe('tpm')
      const certified = new X509Certificate(answer.certificate).publicKey
      expect(certified.equals(readPublicArea(answer.keys.linkKey.publicArea, 'key').key)).toBe(true)
      expect(await device.tpm.handles(0x80000000)).toEqual([])
    },
  )

  it('with an endorsement key that no handle keeps: it is made from its template', async () => {
    const w = await trusting()
    const template = ENDORSEMENT_PLACES[0]!.template
    const { handle, publicArea } = await device.tpm.createPrimary(HANDLE.endorsement, template!)
    await device.tpm.flush(handle)
    const { claims } = await makeTpmKeys(device.tpm)
    // The same key: so the certificate of the maker is for it, whether a handle keeps it or not.
    expect(publicArea).toEqual(claims.ekPublic)
    expect((await enrol(w, device.tpm)).level).toBe('tpm')
  })

  it('with a P-256 endorsement key without a certificate, which the operator allows by its hash', async () => {
    const w = await world()
    const place = ENDORSEMENT_PLACES.find(({ certificate }) => certificate === 0x1c0000a)!
    const keys = (tpm: Tpm) => makeTpmKeys(tpm, [place])
    const { claims } = await keys(device.tpm)
    expect(claims.ekCertificate).toBeUndefined()
    expect(await refusalOf(() => enrol(w, device.tpm, { keys }))).toBe('level-too-low')
    const ek = readPublicArea(claims.ekPublic, 'ek')
    expect(ek.curve?.jwk).toBe('P-256')
    w.store.addTrust('endorsement-key', endorsementHash(ek.key.export({ type: 'spki', format: 'der' })), {
      by: 'op',
      at: 0,
    })
    expect((await enrol(w, device.tpm, { keys })).level).toBe('tpm')
  })

  it('is renewed with the same keys by the same challenge, after a restart of the TPM too', async () => {
    const w = await trusting()
    const { device: id, keys } = await enrol(w, device.tpm)
    await device.stop()
    await device.start()
    const asked = w.enrolment.begin({ who: { device: id }, tpm: undefined })
    const renewed = await w.enrolment.finish(await answerWithTpm(device.tpm, keys, asked, 'laptop'))
    expect(renewed.level).toBe('tpm')
    const again = w.enrolment.begin({ who: { device: id }, tpm: undefined })
    const finish = await answerWithTpm(device.tpm, keys, again, 'laptop')
    expect(await refusalOf(() => w.enrolment.finish({ ...finish, tpm: undefined }))).toBe('malformed')
  })

  it('cannot use key files of another device', async () => {
    const w = await trusting()
    const { device: id, keys } = await enrol(w, device.tpm)
    const asked = w.enrolment.begin({ who: { device: id }, tpm: undefined })
    await expect(answerWithTpm(other.tpm, keys, asked, 'laptop')).rejects.toThrow('belong to another TPM')
    expect(await other.tpm.handles(0x80000000)).toEqual([])
  })

  it('quotes boot registers', async () => {
    const { tpm } = device
    const { keys } = await makeTpmKeys(tpm)
    const { handle: root } = await tpm.createPrimary(HANDLE.owner, STORAGE_ROOT)
    const key = await tpm.load(root, keys.attestationKey)
    const { attestation, signature } = await tpm.quote(key, Buffer.from('nonce'), [0, 7])
    await tpm.flush(key)
    await tpm.flush(root)
    const area = readPublicArea(keys.attestationKey.publicArea, 'key')
    expect(signedBy(area, attestation, signature)).toBe(true)
    attestation[attestation.length - 1]! ^= 1
    expect(signedBy(area, attestation, signature)).toBe(false)
  })
})

describe.skipIf(!available)('forged enrolments are refused', { timeout: 60_000 }, () => {
  it('a link key in software', async () => {
    const key = softwareKey()
    // The point of a software key in the public area of a TPM key, and a request that this key signs.
    const jwk = createPublicKey({ key: key.spki, format: 'der', type: 'spki' }).export({ format: 'jwk' })
    const point = [jwk.x!, jwk.y!].map((each) => sized(Buffer.from(each, 'base64url')))
    let nonce: Buffer = Buffer.alloc(0)
    const forged: Forgery = {
      claims: (claims) => ({
        ...claims,
        keyPublic: Buffer.concat([claims.keyPublic.subarray(0, claims.keyPublic.length - 68), ...point]),
      }),
      asked: (asked) => {
        nonce = asked.nonce
        return asked
      },
      finish: async (finish) => {
        const request = await key.request()
        return { ...finish, request, proof: key.sign(enrolmentProof(nonce, request)) }
      },
    }
    const w = await trusting()
    expect(await refusalOf(() => enrol(w, device.tpm, forged))).toBe('attestation-invalid')
  })

  it('a request for another key than the attested one', async () => {
    const key = softwareKey()
    let nonce: Buffer = Buffer.alloc(0)
    const forged: Forgery = {
      asked: (asked) => {
        nonce = asked.nonce
        return asked
      },
      finish: async (finish) => {
        const request = await key.request()
        return { ...finish, request, proof: key.sign(enrolmentProof(nonce, request)) }
      },
    }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, forged))).toBe('key-mismatch')
  })

  it('an attestation key in software: the TPM itself does not open the credential', async () => {
    const forged = {
      claims: (claims: TpmClaims) => ({ ...claims, akPublic: withForeignPoint(claims.akPublic) }),
    }
    await expect(enrol(await trusting(), device.tpm, forged)).rejects.toThrow(
      /activateCredential. with 0x1df/,
    )
  })

  it('an attestation key that is not restricted, or a link key that is', async () => {
    const loose = { keys: (tpm: Tpm) => keysOf(tpm, LINK_KEY, LINK_KEY) }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, loose))).toBe('ak-unfit')
    const tight = { keys: (tpm: Tpm) => keysOf(tpm, ATTESTATION_KEY, ATTESTATION_KEY) }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, tight))).toBe('key-unfit')
  })

  it('a link key that could leave the TPM', async () => {
    // Without fixedTPM and fixedParent: it may be duplicated.
    const movable = Buffer.concat([
      LINK_KEY.subarray(0, 4),
      u32(LINK_KEY.readUInt32BE(4) & ~0x12),
      LINK_KEY.subarray(8),
    ])
    const forged = { keys: (tpm: Tpm) => keysOf(tpm, ATTESTATION_KEY, movable) }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, forged))).toBe('key-unfit')
  })

  it('a nonce of another moment', async () => {
    let right: Buffer = Buffer.alloc(0)
    const forged: Forgery = {
      asked: (asked) => {
        right = asked.nonce
        return { ...asked, nonce: Buffer.alloc(32) }
      },
    }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, forged))).toBe('proof-invalid')
    expect(right).toHaveLength(32)
  })

  it('an attestation that was recorded in an earlier enrolment', async () => {
    const w = await trusting()
    let recorded: FinishRequest | undefined
    await enrol(w, device.tpm, { finish: (finish) => (recorded = finish) })
    const forged: Forgery = {
      finish: (finish) => ({
        ...finish,
        tpm: { ...finish.tpm!, attestation: recorded!.tpm!.attestation, signature: recorded!.tpm!.signature },
      }),
    }
    expect(await refusalOf(() => enrol(w, device.tpm, forged))).toBe('attestation-invalid')
  })

  it('a tampered attestation', async () => {
    const forged: Forgery = {
      finish: (finish) => {
        const attestation = Buffer.from(finish.tpm!.attestation)
        // The firmware version: nothing compares it, only the signature covers it.
        attestation[attestation.length - 70]! ^= 1
        return { ...finish, tpm: { ...finish.tpm!, attestation } }
      },
    }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, forged))).toMatch(
      /attestation-invalid|malformed/,
    )
  })

  it('a wrong secret', async () => {
    const forged: Forgery = { finish: (f) => ({ ...f, tpm: { ...f.tpm!, secret: Buffer.alloc(32) } }) }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, forged))).toBe('credential-wrong')
  })

  it('the endorsement certificate of another TPM, with its key or without', async () => {
    const { claims: foreign } = await makeTpmKeys(other.tpm)
    const { ekCertificate, ekPublic } = foreign
    const certificateOnly = { claims: (claims: TpmClaims) => ({ ...claims, ekCertificate }) }
    expect(await refusalOf(async () => enrol(await trusting(), device.tpm, certificateOnly))).toBe(
      'ek-untrusted',
    )
    const both = { claims: (claims: TpmClaims) => ({ ...claims, ekCertificate, ekPublic }) }
    await expect(enrol(await trusting(), device.tpm, both)).rejects.toThrow(
      'the TPM refused `activateCredential`',
    )
  })

  it('an endorsement certificate that nobody trusted has issued', async () => {
    const stranger = new Manufacturer('Stranger')
    const foreign = await stranger.make().start()
    try {
      const w = await trusting()
      expect(await refusalOf(() => enrol(w, foreign.tpm))).toBe('level-too-low')
      // Lower, it may come in, and is called what it is.
      const answer = await enrol(w, foreign.tpm, {}, w.leave({ atLeast: 'hardware' }))
      expect(answer.level).toBe('hardware')
      // The operator may allow this one key.
      const { claims } = await makeTpmKeys(foreign.tpm)
      const spki = readPublicArea(claims.ekPublic, 'ek').key.export({ type: 'spki', format: 'der' })
      w.store.addTrust('endorsement-key', endorsementHash(spki), { by: 'op', at: 0 })
      expect((await enrol(w, foreign.tpm)).level).toBe('tpm')
    } finally {
      await foreign.remove()
      stranger.remove()
    }
  })

  it('a self-made certificate for the real endorsement key, under the name of the trusted root', async () => {
    const w = await trusting()
    const { claims: own } = await makeTpmKeys(device.tpm)
    const spki = readPublicArea(own.ekPublic, 'ek').key.export({ type: 'spki', format: 'der' })
    const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
    const root = new X509Certificate(maker.root)
    const times = { notBefore: root.validFromDate, notAfter: root.validToDate }
    const signing = { signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' }, signingKey: keys.privateKey }
    const issuer = root.subject.split('\n').reverse().join(', ')
    const usage = new ExtendedKeyUsageExtension(['2.23.133.8.1'])
    const ca = new BasicConstraintsExtension(true, undefined, true)
    const made = { ...times, ...signing, issuer, serialNumber: '01' }
    const forgedRoot = await X509CertificateGenerator.create(
      { ...made, subject: issuer, publicKey: keys.publicKey, extensions: [ca] },
      webcrypto,
    )
    const forgedEk = await X509CertificateGenerator.create(
      { ...made, subject: 'CN=ek', publicKey: new Uint8Array(spki), extensions: [usage] },
      webcrypto,
    )
    const ekCertificate = Buffer.from(forgedEk.rawData)
    const above = Buffer.from(forgedRoot.rawData)
    for (const ekChain of [[], [above], [above, above, above, above]]) {
      const forged = { claims: (claims: TpmClaims) => ({ ...claims, ekCertificate, ekChain }) }
      expect(await refusalOf(() => enrol(w, device.tpm, forged))).toBe('level-too-low')
    }
    // The forgery is a good one: who trusts that root takes it.
    w.store.addTrust('root', above, { by: 'op', at: 0 })
    expect((await enrol(w, device.tpm, { claims: (claims) => ({ ...claims, ekCertificate }) })).level).toBe(
      'tpm',
    )
  })
})

describe.skipIf(!available)('trust that changes', { timeout: 60_000 }, () => {
  it('judges enrolled devices again: without the root the device is out, with it in again', async () => {
    const w = await trusting()
    const { device: id } = await enrol(w, device.tpm)
    expect(rejudge(w.store, w.clock.now)).toEqual([])
    w.store.removeTrust('root', maker.root, { by: 'op', at: 0 })
    expect(rejudge(w.store, w.clock.now)).toMatchObject([{ was: 'tpm', is: 'hardware' }])
    expect(await refusalOf(() => w.enrolment.begin({ who: { device: id }, tpm: undefined }))).toBe(
      'device-distrusted',
    )
    w.store.addTrust('root', maker.root, { by: 'op', at: 0 })
    expect(rejudge(w.store, w.clock.now)).toMatchObject([{ was: 'hardware', is: 'tpm' }])
    w.enrolment.begin({ who: { device: id }, tpm: undefined })
  })

  it('an endorsement certificate that has ended vouches for nothing', async () => {
    const w = await trusting()
    const { claims } = await makeTpmKeys(device.tpm)
    w.clock.now = new X509Certificate(claims.ekCertificate!).validToDate.getTime() + 1
    expect(await refusalOf(() => enrol(w, device.tpm))).toBe('level-too-low')
  })
})
