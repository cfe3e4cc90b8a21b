import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../graph/index.ts'
import { madePasskey, usedPasskey } from '../../broker/people/passkeys.ts'
import { bent, INPUTS, SEED, SLOW, Told } from './bent.ts'

const KINDS = 5
const settings = { numRuns: Math.ceil(INPUTS / KINDS), seed: SEED }
const all = new Told()
const told = all.by.bind(all)

const site = { rpId: 'localhost', origin: 'http://localhost:8440' }
const challenge = Buffer.alloc(32, 7)
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { x = '', y = '' } = publicKey.export({ format: 'jwk' })

/** RFC 8949, 3: the head of an item, then what it holds. */
const head = (major: number, n: number) =>
  Buffer.from(n < 24 ? [(major << 5) | n] : n < 256 ? [(major << 5) | 24, n] : [(major << 5) | 25, n >> 8, n])
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value])
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)])
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value))
const map = (...items: readonly Buffer[]) => Buffer.concat([head(5, items.length / 2), ...items])

/** RFC 9053, 7.1: a point on P-256 for ES256. */
const coseKey = map(
  ...[int(1), int(2), int(3), int(-7), int(-1), int(1)],
  ...[int(-2), bytes(Buffer.from(x, 'base64url')), int(-3), bytes(Buffer.from(y, 'base64url'))],
)
const id = Buffer.alloc(16, 9)
const domain = createHash('sha256').update(site.rpId).digest()
/** WebAuthn 6.1: user present and verified. */
const PRESENT = 0x05
const ATTESTED = 0x40
const registered = Buffer.concat([
  ...[domain, Buffer.from([PRESENT | ATTESTED, 0, 0, 0, 1]), Buffer.alloc(16)],
  ...[Buffer.from([0, id.length]), id, coseKey],
])
const asserted = Buffer.concat([domain, Buffer.from([PRESENT, 0, 0, 0, 2])])
const attestation = (authData: Buffer) =>
  map(text('fmt'), text('none'), text('attStmt'), map(), text('authData'), bytes(authData))
const clientData = (type: string) =>
  Buffer.from(JSON.stringify({ type, challenge: challenge.toString('base64url'), origin: site.origin }))

const answer = (response: Record<string, Buffer>): Json => ({
  id: id.toString('base64url'),
  rawId: id.toString('base64url'),
  type: 'public-key',
  clientExtensionResults: {},
  response: Object.fromEntries(
    Object.entries(response).map(([key, value]) => [key, value.toString('base64url')]),
  ),
})
const making = (attestationObject: Buffer, clientDataJSON: Buffer = clientData('webauthn.create')) =>
  answer({ attestationObject, clientDataJSON })
const make = (given: Json) =>
  madePasskey(given, { site, challenge, person: 'ada@example.com', place: 'desk' }, 0)

const passkey = await make(making(attestation(registered)))

const signed = (authenticatorData: Buffer, clientDataJSON: Buffer = clientData('webauthn.get')) => {
  const hash = createHash('sha256').update(clientDataJSON).digest()
  const signature = sign('sha256', Buffer.concat([authenticatorData, hash]), privateKey)
  return { authenticatorData, clientDataJSON, signature }
}
const use = (given: Json) => usedPasskey(given, { site, challenge, passkey, least: 'pin-or-biometric' })

describe(`${INPUTS} malformed answers of authenticators: a refusal or an answer each, never a crash`, () => {
  it('the seeds are sound', async () => {
    expect(passkey).toMatchObject({ algorithm: -7, counter: 1, custody: 'device-bound' })
    expect(await use(answer(signed(asserted)))).toMatchObject({ counter: 2 })
  })

  it('attestation objects (CBOR)', { timeout: SLOW }, async () => {
    const check = (object: Buffer) => told(() => make(making(object)))
    await fc.assert(fc.asyncProperty(bent(attestation(registered)), check), settings)
  })

  it('keys (COSE) and authenticator data in sound attestation objects', { timeout: SLOW }, async () => {
    const key = bent(coseKey).map((cose) =>
      Buffer.concat([registered.subarray(0, registered.length - coseKey.length), cose]),
    )
    const check = (data: Buffer) => told(() => make(making(attestation(data))))
    await fc.assert(fc.asyncProperty(fc.oneof(key, bent(registered)), check), settings)
  })

  it('authenticator data that is signed', { timeout: SLOW }, async () => {
    const check = (data: Buffer) => told(() => use(answer(signed(data))))
    await fc.assert(fc.asyncProperty(bent(asserted), check), settings)
  })

  it('client data, and signatures', { timeout: SLOW }, async () => {
    const { signature, clientDataJSON, authenticatorData } = signed(asserted)
    const inputs = fc.oneof(
      bent(signature).map((each) => answer({ authenticatorData, clientDataJSON, signature: each })),
      bent(clientDataJSON).map((each) => answer(signed(asserted, each))),
    )
    await fc.assert(
      fc.asyncProperty(inputs, (given) => told(() => use(given))),
      settings,
    )
    const made = bent(clientData('webauthn.create')).map((each) => making(attestation(registered), each))
    await fc.assert(
      fc.asyncProperty(made, (given) => told(() => make(given))),
      settings,
    )
  })

  it('answers of another form', { timeout: SLOW }, async () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({ id: fc.jsonValue(), response: fc.jsonValue(), type: fc.jsonValue() }, { requiredKeys: [] }),
    )
    const check = async (given: unknown) => {
      await told(() => make(given as Json))
      await told(() => use(given as Json))
    }
    await fc.assert(fc.asyncProperty(json, check), settings)
  })

  it('most of them were refused', () => {
    expect(all.refused).toBeGreaterThan(INPUTS / 2)
  })
})
