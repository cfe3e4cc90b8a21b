import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  LoopbackEndpoint,
  type LoopbackAnswer,
  type LoopbackForm,
} from '../../broker/client/loopback-endpoint.ts'

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
}

const FORMS: readonly LoopbackForm[] = [
  { header: 'authorization', query: false },
  { header: 'x-identity-header', query: true },
]

describe.each(FORMS)('the loopback endpoint, $header', (form) => {
  let endpoint: LoopbackEndpoint
  let uses = 0
  let answer: () => Promise<LoopbackAnswer> = () => Promise.resolve({ status: 200, body: '{"Token":"t"}' })
  beforeAll(async () => {
    endpoint = await LoopbackEndpoint.open(() => {
      uses++
      return answer()
    }, form)
  })
  afterAll(() => endpoint.close())

  /** As a client that says of itself what it likes: fetch would not send some of it. */
  function ask({ method = 'GET', path, headers = {} }: Asked = {}): Promise<{
    status: number
    body: string
  }> {
    const url = new URL(endpoint.url)
    const all: Readonly<Record<string, string | undefined>> = {
      Host: url.host,
      [form.header]: endpoint.token,
      'User-Agent': 'Boto3/1.44',
      ...headers,
    }
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
    const asked = request(
      { host: url.hostname, port: url.port, method, path: path ?? url.pathname, headers: sent, agent: false },
      (got) => {
        let body = ''
        got.on('data', (part: Buffer) => (body += part.toString()))
        got.on('end', () => resolve({ status: got.statusCode ?? 0, body }))
      },
    )
    asked.on('error', reject)
    asked.end()
    return promise
  }

  it('answers who knows its token', async () => {
    expect(await ask()).toEqual({ status: 200, body: '{"Token":"t"}' })
    expect(new URL(endpoint.url).hostname).toBe('127.0.0.1')
  })

  const same = () => new URL(endpoint.url).port
  it.each<[string, () => Asked]>([
    ['another name (DNS rebinding)', () => ({ headers: { Host: `evil.example:${same()}` } })],
    ['localhost, which may be somebody else', () => ({ headers: { Host: `localhost:${same()}` } })],
    ['another port', () => ({ headers: { Host: '127.0.0.1:1' } })],
    ['an origin', () => ({ headers: { Origin: 'https://evil.example' } })],
    ['the origin null', () => ({ headers: { Origin: 'null' } })],
    ['its own origin', () => ({ headers: { Origin: new URL(endpoint.url).origin } })],
    ['a referrer', () => ({ headers: { Referer: 'https://evil.example/' } })],
    ['a cookie', () => ({ headers: { Cookie: 'a=b' } })],
    ['fetch metadata of a browser', () => ({ headers: { 'Sec-Fetch-Site': 'cross-site' } })],
    ['a proxy', () => ({ headers: { 'X-Forwarded-For': '10.0.0.1' } })],
    ['a browser', () => ({ headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' } })],
    ['a browser in small letters', () => ({ headers: { 'User-Agent': 'mozilla/5.0' } })],
    ['no token', () => ({ headers: { [form.header]: undefined } })],
    ['an empty token', () => ({ headers: { [form.header]: '' } })],
    ['a token with a scheme', () => ({ headers: { [form.header]: `Bearer ${endpoint.token}` } })],
    [
      'a token of the right length',
      () => ({ headers: { [form.header]: 'x'.repeat(endpoint.token.length) } }),
    ],
    ['POST', () => ({ method: 'POST' })],
    ['PUT of a token, as for machines', () => ({ method: 'PUT', path: '/latest/api/token' })],
    ['another path', () => ({ path: '/' })],
    ['another path with a query', () => ({ path: '/?resource=x' })],
    ['a path that is none', () => ({ path: '//[' })],
    [
      'the token in the header of another form',
      () => ({ headers: { [form.header]: undefined, 'X-Other': endpoint.token, Cookie2: endpoint.token } }),
    ],
  ])('refuses %s', async (_, how) => {
    const before = uses
    const { status, body } = await ask(how())
    expect(status).toBe(403)
    expect(body).not.toContain('Token')
    expect(uses).toBe(before)
  })

  it(`${form.query ? 'takes' : 'refuses'} the path with a query`, async () => {
    const asked = await ask({ path: `${new URL(endpoint.url).pathname}?resource=x` })
    expect(asked.status).toBe(form.query ? 200 : 403)
  })

  it('answers within two seconds although what it asks does not', async () => {
    const { promise, resolve } = Promise.withResolvers<LoopbackAnswer>()
    answer = () => promise
    const begun = performance.now()
    expect((await ask()).status).toBe(503)
    expect(performance.now() - begun).toBeLessThan(2_000)
    resolve({ status: 200, body: '{"later":1}' })
    expect((await ask()).body).toBe('{"later":1}')
    answer = () => Promise.reject(new Error('broken'))
    expect((await ask()).status).toBe(503)
  })
})
