import { createHash, randomUUID } from 'node:crypto'
import { request } from 'node:https'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { lock } from '../../broker/devices/locks.ts'
import { enrolled, Link, running, type Running, type TestDevice } from './running.ts'
import { HOUR, obtain } from './world.ts'

let w: Running
let device: TestDevice
beforeAll(async () => {
  w = await running()
  device = await enrolled(w)
})

async function tokenOf(holder: TestDevice, jkt?: string): Promise<string> {
  const link = new Link(w, holder)
  const { status, body } = await link.ask('POST', '/v1/token', { body: jkt === undefined ? {} : { jkt } })
  expect(status).toBe(200)
  await link.close()
  return String(body['token'])
}

async function show(holder: TestDevice, token: string, scheme = 'Bearer') {
  const link = new Link(w, holder)
  const answer = await link.ask('GET', '/v1/whoami', { headers: { authorization: `${scheme} ${token}` } })
  await link.close()
  return answer
}

const invalid = { status: 401, body: { reason: 'token-invalid' } }

describe('a token bound to a certificate', () => {
  it('is good on a connection with that certificate, for five minutes', async () => {
    const token = await tokenOf(device)
    expect(await show(device, token)).toMatchObject({ status: 200 })
    const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as JWTPayload
    expect(exp! - iat!).toBe(300)
    w.clock.now += 301_000
    expect(await show(device, token)).toMatchObject(invalid)
    w.clock.now -= 301_000
  })

  it('that was stolen is refused on the connection of another device', async () => {
    const thief = await enrolled(w, { person: 'eve@example.com' })
    expect(await show(thief, await tokenOf(device))).toMatchObject(invalid)
  })

  it('is refused after a renewal, and a new one is good', async () => {
    const before = await tokenOf(device)
    const renewed = { ...device, answer: await obtain(w, device.key, { device: device.answer.device }) }
    expect(await show(renewed, before)).toMatchObject(invalid)
    expect(await show(renewed, await tokenOf(renewed))).toMatchObject({ status: 200 })
  })

  it('is refused when it is forged: another key, no algorithm, a changed claim, another kind', async () => {
    const token = await tokenOf(device)
    const [head, claims, signature] = token.split('.') as [string, string, string]
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const payload = JSON.parse(Buffer.from(claims, 'base64url').toString()) as JWTPayload
    const { privateKey } = await generateKeyPair('EdDSA')
    const own = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
      .sign(privateKey)
    const forged = [
      own,
      `${part({ alg: 'none', typ: 'at+jwt' })}.${claims}.`,
      `${head}.${part({ ...payload, exp: payload.exp! + 9999 })}.${signature}`,
      `${part({ alg: 'HS256', typ: 'at+jwt' })}.${claims}.${signature}`,
      'x.y.z',
    ]
    for (const each of forged) expect(await show(device, each)).toMatchObject(invalid)
    expect(await show(device, token, 'DPoP')).toMatchObject(invalid)
  })
})

interface Asked {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly nonce: string | undefined
}

/** The port without client certificates. */
function askPlain(headers: Record<string, string>): Promise<Asked> {
  const { promise, resolve, reject } = Promise.withResolvers<Asked>()
  const ca = w.authority.certificate.toString()
  const options = {
    host: '127.0.0.1',
    port: w.broker.ports.enrolment,
    path: '/v1/whoami',
    servername: 'localhost',
    ca,
    agent: false,
  }
  const host = `localhost:${w.broker.ports.enrolment}`
  request({ ...options, headers: { ...headers, host } }, (answer) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (each: string) => (text += each))
    answer.on('end', () =>
      resolve({
        status: answer.statusCode ?? 0,
        body: JSON.parse(text) as Record<string, unknown>,
        nonce: answer.headers['dpop-nonce'] as string | undefined,
      }),
    )
  })
    .on('error', reject)
    .end()
  return promise
}

describe('a token bound to a key by DPoP', () => {
  const url = () => `https://localhost:${w.broker.ports.enrolment}/v1/whoami`

  async function client() {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    const token = await tokenOf(device, await calculateJwkThumbprint(jwk))
    const proof = (claims: JWTPayload, header: object = {}) =>
      new SignJWT({ htm: 'GET', htu: url(), jti: randomUUID(), ath: hash(token), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
        .setIssuedAt()
        .sign(privateKey)
    const ask = (dpop: string) => askPlain({ authorization: `DPoP ${token}`, dpop })
    const nonce = (await ask(await proof({}))).nonce!
    return { token, proof, ask, nonce, privateKey }
  }
  const hash = (token: string) => createHash('sha256').update(token).digest('base64url')

  it('is good with a fresh proof that carries the server’s nonce; the proof once only', async () => {
    const { proof, ask, nonce } = await client()
    expect(await ask(await proof({}))).toMatchObject({ status: 401, body: { reason: 'nonce-required' } })
    const good = await proof({ nonce })
    expect(await ask(good)).toMatchObject({ status: 200, body: { device: device.answer.device } })
    expect(await ask(good)).toMatchObject({ status: 401, body: { reason: 'proof-replayed' } })
    w.clock.now += 59_000
    expect((await ask(good)).status).toBe(401)
    expect(await ask(await proof({ nonce }))).toMatchObject({ status: 200 })
    w.clock.now += 61_000
    expect(await ask(await proof({ nonce }))).toMatchObject({ body: { reason: 'nonce-required' } })
    w.clock.now -= 120_000
  })

  it('is refused with a proof for another request, token or kind, and with another key', async () => {
    const { proof, ask, nonce, token, privateKey } = await client()
    const wrong: JWTPayload[] = [
      { htm: 'POST' },
      { htu: `${url()}/other` },
      { htu: 'no url' },
      { ath: hash('other') },
      { jti: '' },
      { jti: 'x'.repeat(200) },
    ]
    for (const claims of wrong) {
      expect(await ask(await proof({ nonce, ...claims }))).toMatchObject({
        body: { reason: 'proof-invalid' },
      })
    }
    expect(await ask(await proof({ nonce }, { typ: 'JWT' }))).toMatchObject({
      body: { reason: 'proof-invalid' },
    })
    const withSecret = { jwk: await exportJWK(privateKey) }
    expect(await ask(await proof({ nonce }, withSecret))).toMatchObject({ body: { reason: 'proof-invalid' } })
    expect(await ask('nonsense')).toMatchObject({ body: { reason: 'proof-invalid' } })
    // Another client's key, with the stolen token.
    const thief = await client()
    const stolen = await thief.proof({ nonce, ath: hash(token) })
    expect(await askPlain({ authorization: `DPoP ${token}`, dpop: stolen })).toMatchObject(invalid)
    expect(await askPlain({ authorization: `DPoP ${await tokenOf(device)}`, dpop: stolen })).toMatchObject({
      status: 401,
    })
    expect(await askPlain({ authorization: `Bearer ${token}` })).toMatchObject(invalid)
  })

  it('dies with the lock of its device', async () => {
    const { proof, ask, nonce } = await client()
    const target = { kind: 'device', id: device.answer.device } as const
    const made = lock(w.store, target, { reason: 'x', by: 'op', until: w.clock.now + HOUR }, w.clock.now)
    expect(await ask(await proof({ nonce }))).toMatchObject({ status: 403, body: { reason: 'locked' } })
    w.store.liftLock(made.id, { by: 'op', at: w.clock.now })
    expect(await ask(await proof({ nonce }))).toMatchObject({ status: 200 })
  })
})
