import { generateKeyPairSync, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { keyOfRequest } from '../../broker/devices/certification-request.ts'
import { endorsementKeyOf, verifyChain } from '../../broker/devices/endorsement.ts'
import { fileAuthorityKey } from '../../broker/devices/authority-key.ts'
import { BoundTokens } from '../../broker/gateway/bound-token.ts'
import { DpopProofs } from '../../broker/gateway/dpop.ts'
import { readBeginRequest, readFinishRequest } from '../../broker/protocol/enrolment-messages.ts'
import { readToken } from '../../broker/protocol/enrolment-token.ts'
import { readCertified, signedBy } from '../../broker/tpm/attestation.ts'
import { sized, u16, u32 } from '../../broker/tpm/bytes.ts'
import { readPublicArea } from '../../broker/tpm/public-area.ts'
import { EK_RSA_2048, LINK_KEY } from '../../broker/tpm/templates.ts'
import { bent, bentText, INPUTS, SEED, SLOW, Told } from './bent.ts'
import { obtain, softwareKey, world, type World } from './world.ts'
import { join } from 'node:path'

const KINDS = 9
const settings = { numRuns: Math.ceil(INPUTS / KINDS), seed: SEED }

let w: World
beforeAll(async () => {
  w = await world()
})

const all = new Told()
const told = all.by.bind(all)

const point = () => {
  const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  return Buffer.concat([x!, y!].map((each) => sized(Buffer.from(each, 'base64url'))))
}
const linkArea = Buffer.concat([LINK_KEY.subarray(0, LINK_KEY.length - 4), point()])
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const rsaArea = Buffer.concat([
  EK_RSA_2048.subarray(0, EK_RSA_2048.length - 258),
  sized(Buffer.from(rsa.n!, 'base64url')),
])
const attestation = Buffer.concat([
  ...[u32(0xff544347), u16(0x8017), sized(Buffer.alloc(34)), sized(Buffer.alloc(32)), Buffer.alloc(8)],
  ...[u32(1), u32(2), Buffer.from([1]), Buffer.alloc(8), sized(Buffer.alloc(34)), sized(Buffer.alloc(34))],
])
const signature = Buffer.concat([
  u16(0x18),
  u16(0x0b),
  sized(Buffer.alloc(32, 1)),
  sized(Buffer.alloc(32, 2)),
])

describe(`${INPUTS} malformed inputs: a refusal or an answer each, never a crash`, () => {
  it('the seeds are sound', () => {
    expect(readPublicArea(linkArea, 'key').curve?.jwk).toBe('P-256')
    expect(readPublicArea(rsaArea, 'key').bits).toBe(2048)
    expect(readCertified(attestation)).toMatchObject({ resetCount: 1, restartCount: 2 })
    expect(signedBy(readPublicArea(linkArea, 'key'), Buffer.alloc(1), signature)).toBe(false)
  })

  it('public areas', async () => {
    const inputs = fc.oneof(bent(linkArea), bent(rsaArea))
    await fc.assert(
      fc.asyncProperty(inputs, (bytes) => told(() => readPublicArea(bytes, 'the key'))),
      settings,
    )
  })

  it('attestations', async () => {
    await fc.assert(
      fc.asyncProperty(bent(attestation), (bytes) => told(() => readCertified(bytes))),
      settings,
    )
  })

  it('signatures', async () => {
    const keys = [readPublicArea(linkArea, 'key'), readPublicArea(rsaArea, 'key')]
    const check = (bytes: Buffer, which: number) => told(() => signedBy(keys[which]!, attestation, bytes))
    await fc.assert(fc.asyncProperty(bent(signature), fc.nat(1), check), settings)
  })

  it('certification requests', { timeout: SLOW }, async () => {
    const request = await softwareKey().request()
    await fc.assert(
      fc.asyncProperty(bent(request), (bytes) => told(() => keyOfRequest(bytes))),
      settings,
    )
  })

  it('endorsement certificates', { timeout: SLOW }, async () => {
    const { raw } = w.authority.certificate
    const trust = { roots: [raw], intermediates: [], endorsementKeys: [] }
    const check = async (bytes: Buffer) => {
      await told(() => endorsementKeyOf(bytes))
      await told(() => {
        verifyChain(trust, bytes, [bytes], w.clock.now)
      })
    }
    await fc.assert(fc.asyncProperty(bent(raw), check), settings)
  })

  it('messages of an enrolment', { timeout: SLOW }, async () => {
    const claims = { ekPublic: linkArea, akPublic: linkArea, keyPublic: linkArea, ekChain: ['AAAA'] }
    const begin = JSON.stringify({ token: 'x'.repeat(43), tpm: claims })
    const finish = JSON.stringify({
      session: randomUUID(),
      request: 'AA==',
      proof: 'AA==',
      tpm: { secret: 'AA==' },
    })
    const json = fc.oneof(bentText(begin), bentText(finish), fc.json())
    const check = async (text: string) => {
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        return
      }
      await told(() => w.enrolment.begin(readBeginRequest(value)))
      await told(() => w.enrolment.finish(readFinishRequest(value)))
    }
    await fc.assert(fc.asyncProperty(json, check), settings)
  })

  it('enrolment tokens', async () => {
    const token = `gomeisa-enrol.${'a'.repeat(43)}.${'b'.repeat(43)}`
    await fc.assert(
      fc.asyncProperty(bentText(token), (text) => told(() => readToken(text), text)),
      settings,
    )
  })

  it('access tokens', { timeout: SLOW }, async () => {
    const { device: id } = await obtain(w, softwareKey(), { token: w.leave() })
    const tokens = new BoundTokens(fileAuthorityKey(join(w.folder, 'token.key')), w.store, () => w.clock.now)
    const device = w.store.device(id)!
    const peer = { device, serial: '1', thumbprint: 'ab'.repeat(32), notAfter: w.clock.now + 1e6 }
    const { token, confirmation } = await tokens.issue(peer)
    expect((await tokens.verify(token, confirmation)).id).toBe(id)
    const check = (text: string) => told(() => tokens.verify(text, confirmation), text)
    await fc.assert(fc.asyncProperty(bentText(token), check), settings)
  })

  it('DPoP proofs', { timeout: SLOW }, async () => {
    const proofs = new DpopProofs(() => w.clock.now)
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const of = { method: 'GET', url: 'https://broker/v1/whoami', token: 't' }
    const claims = { htm: of.method, htu: of.url, jti: 'j', nonce: proofs.nonce(), ath: 'x' }
    const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) }
    const proof = await new SignJWT(claims).setProtectedHeader(header).setIssuedAt().sign(privateKey)
    await fc.assert(
      fc.asyncProperty(bentText(proof), (text) => told(() => proofs.verify(text, of), text)),
      settings,
    )
  })

  it('most of them were refused', () => {
    expect(all.refused).toBeGreaterThan(INPUTS / 2)
  })
})
