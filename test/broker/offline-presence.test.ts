import { createHash, generateKeyPairSync, sign, verify, createPublicKey, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalRequest } from '../../broker/people/canonical-request.ts'
import { verifyOffline } from '../../broker/people/offline.ts'
import type { PresenceRecord } from '../../broker/people/presence-record.ts'

const request = canonicalRequest({ role: 'admin', account: '1', minutes: 30 })
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest()

/** What an authenticator and a browser make, by hand from the specification. */
function shown(
  keys: { privateKey: KeyObject; publicKey: KeyObject },
  algorithm: number,
  change: { flags?: number; counter?: number; client?: object; rpId?: string } = {},
): PresenceRecord {
  const nonce = 'a nonce'
  const challenge = sha256(`gomeisa presence at the desk v1\nelevate 1\n${nonce}\n${request}\n`)
  const client = {
    type: 'webauthn.get',
    challenge: challenge.toString('base64url'),
    origin: 'https://b.example',
    crossOrigin: false,
    ...change.client,
  }
  const data = Buffer.alloc(37)
  sha256(change.rpId ?? 'b.example').copy(data)
  data.writeUInt8(change.flags ?? 0x05, 32)
  data.writeUInt32BE(change.counter ?? 8, 33)
  const clientData = Buffer.from(JSON.stringify(client))
  const signature = sign(
    algorithm === -8 ? null : 'sha256',
    Buffer.concat([data, sha256(clientData)]),
    keys.privateKey,
  )
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
  return {
    ...{ version: 1, id: 'p', person: 'ana', decision: 'elevate 1', request, nonce, place: 'desk' },
    ...{
      asked: 'pin-or-biometric',
      device: { id: 'd', level: 'tpm' },
      rpId: 'b.example',
      origin: client.origin,
    },
    passkey: { id: 'k', spki, algorithm, custody: 'device-bound', counter: 7 },
    authenticatorData: data.toString('base64url'),
    clientData: clientData.toString('base64url'),
    signature: signature.toString('base64url'),
    proximity: undefined,
    ...{ askedAt: 10, expiresAt: 20, shownAt: 15 },
  }
}

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const expected = (record: PresenceRecord) => ({
  request,
  decision: 'elevate 1',
  spki: record.passkey.spki,
  rpId: 'b.example',
  origin: 'https://b.example',
})
const verdict = (record: PresenceRecord, more: object = {}) => {
  const given = verifyOffline(record, { ...expected(record), ...more })
  return given.holds ? 'holds' : given.because
}

describe('a stored presence', () => {
  it('holds with each kind of key', () => {
    expect(verdict(shown(ec, -7))).toBe('holds')
    expect(verdict(shown(generateKeyPairSync('ed25519'), -8))).toBe('holds')
    expect(verdict(shown(generateKeyPairSync('rsa', { modulusLength: 2048 }), -257))).toBe('holds')
  })

  it('verifies with node:crypto and this page of text, without any of our code', () => {
    const record = shown(ec, -7)
    const data = Buffer.from(record.authenticatorData, 'base64url')
    const client = Buffer.from(record.clientData, 'base64url')
    const { challenge } = JSON.parse(client.toString()) as { challenge: string }
    const { decision, nonce } = record
    const asked = `gomeisa presence at the desk v1\n${decision}\n${nonce}\n{"account":"1","minutes":30,"role":"admin"}\n`
    expect(challenge).toBe(sha256(asked).toString('base64url'))
    const spki = Buffer.from(record.passkey.spki, 'base64url')
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const signature = Buffer.from(record.signature, 'base64url')
    expect(verify('sha256', Buffer.concat([data, sha256(client)]), key, signature)).toBe(true)
  })

  it('does not hold when anything about it is another', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const good = shown(ec, -7)
    const cases: [string, string][] = [
      [verdict(good, { request: '{}' }), 'it is for another request'],
      [verdict(good, { decision: 'elevate 2' }), 'it is for another decision'],
      [verdict(good, { spki: 'x' }), 'it was signed by another key'],
      [verdict(good, { origin: 'https://evil.example' }), 'it was shown to another site'],
      [verdict(good, { rpId: 'evil.example' }), 'it is of another site'],
      [verdict({ ...good, nonce: 'n' }), 'the signed challenge is not that of this request'],
      [verdict({ ...good, place: 'phone' }), 'the signed challenge is not that of this request'],
      [verdict({ ...good, clientData: 'e30x' }), 'the client data cannot be read'],
      [verdict(shown(ec, -7, { client: { type: 'webauthn.create' } })), 'it is no assertion'],
      [verdict(shown(ec, -7, { client: { crossOrigin: true } })), 'it was shown to another site'],
      [verdict(shown(ec, -7, { flags: 0 })), 'nobody was present'],
      [verdict(shown(ec, -7, { flags: 1 })), 'nobody was verified'],
      [verdict(shown(ec, -7, { counter: 7 })), 'the counter went back'],
      [verdict(shown(ec, -7, { rpId: 'evil.example' })), 'it is of another site'],
      [verdict({ ...good, authenticatorData: 'AA' }), 'the authenticator data is too short'],
      [verdict({ ...good, shownAt: 21 }), 'it was not in time'],
      [verdict({ ...good, signature: shown(other, -7).signature }), 'the signature is not that of the key'],
      [
        verdict({ ...good, passkey: { ...good.passkey, algorithm: -8 } }),
        'the signature is not that of the key',
      ],
      [
        verdict({ ...good, passkey: { ...good.passkey, algorithm: 0 } }),
        'the signature is not that of the key',
      ],
    ]
    for (const [says, because] of cases) expect(says).toBe(because)
  })
})

describe('the canonical form of a request (RFC 8785)', () => {
  it('is that of the standard’s own examples', () => {
    // Section 3.2.2 and 3.2.3.
    const numbers = [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001]
    const text = '€$\u000F\u000aA\'\u0042\u0022\u005c\\"/'
    expect(canonicalRequest({ numbers, string: text, literals: [null, true, false] })).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalRequest(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  it('is refused where there is none', () => {
    let deep: object = {}
    for (let i = 0; i < 40; i += 1) deep = { deep }
    for (const bad of [Infinity, NaN, '\ud800', { '\udc00': 1 }, [() => 1], 1n, deep, 'x'.repeat(20_000)]) {
      expect(() => canonicalRequest(bad as never)).toThrow()
    }
  })
})
