import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type RunningServer } from '../../../app/server/index.ts'
import { estateApi } from '../../fakes/estate-api.ts'
import { ask, cookieOf } from './ask.ts'

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(4000))})`
const SHELL = '<!doctype html><title>shell</title>'

let ui = ''
let server: RunningServer
let origin = ''
const reported: unknown[] = []

beforeEach(async () => {
  ui = mkdtempSync(join(tmpdir(), 'gomeisa-ui-'))
  mkdirSync(join(ui, 'assets'))
  writeFileSync(join(ui, 'index.html'), SHELL)
  writeFileSync(join(ui, 'assets', 'main-abc.js'), SCRIPT)
  writeFileSync(join(ui, '..', 'outside.txt'), 'secret')
  reported.length = 0
  server = await startServer({
    api: {
      ...estateApi,
      overview: () => {
        throw new TypeError('a bug at /home/someone/secret.ts')
      },
    },
    host: '127.0.0.1',
    token: 'one time',
    ui,
    report: (error) => reported.push(error),
  })
  origin = new URL(server.url).origin
})
afterEach(async () => {
  await server.close()
  rmSync(ui, { recursive: true })
  rmSync(join(ui, '..', 'outside.txt'), { force: true })
})

const signedIn = async (): Promise<string> => cookieOf(await ask(server.url))

describe('the link', () => {
  test('buys a session once: a redirect without the token and a cookie no script can read', async () => {
    const first = await ask(server.url)
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/')
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^gomeisa_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    )
    expect((await ask(server.url)).status).toBe(401)
    expect((await ask(`${origin}/`, { cookie: cookieOf(first) })).body).toBe(SHELL)
  })

  test('is not used up by a wrong token or by who only looks ahead', async () => {
    expect((await ask(`${origin}/?token=wrong`)).status).toBe(401)
    expect((await ask(server.url, {}, 'HEAD')).headers['set-cookie']).toBeUndefined()
    expect(
      (await ask(server.url, { 'sec-purpose': 'prefetch;prerender' })).headers['set-cookie'],
    ).toBeUndefined()
    expect((await ask(server.url)).status).toBe(303)
  })

  test('followed from another site goes on by itself, since the cookie would miss the redirect', async () => {
    const reply = await ask(server.url, { 'sec-fetch-site': 'cross-site' })
    expect(reply.status).toBe(200)
    expect(reply.body).toContain('<meta http-equiv="refresh" content="0; url=/">')
    expect(cookieOf(reply)).not.toBe('')
  })

  test('used again in the browser that used it leads to the start', async () => {
    const cookie = await signedIn()
    expect((await ask(server.url, { cookie })).status).toBe(303)
  })
})

describe('without a session', () => {
  test.each(['/', '/findings', '/index.html', '/identities/x'])('%s says what to do', async (path) => {
    const reply = await ask(origin + path, { cookie: 'gomeisa_1=guess' })
    expect(reply.status).toBe(401)
    expect(reply.body).toContain('This browser is not signed in')
    expect(reply.body).not.toContain('shell')
  })

  test('the API answers nothing, not even whether an endpoint exists', async () => {
    for (const path of ['/api/v1/search?q=a', '/api/v1/nothing', '/api/v2']) {
      const reply = await ask(origin + path)
      expect(reply.status).toBe(401)
      expect(JSON.parse(reply.body)).toMatchObject({ code: 'NOT_SIGNED_IN', status: 401 })
    }
  })
})

describe('who may ask', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1', '127.0.0.1.evil.example'])(
    'a page that calls this machine %s is refused, signed in or not',
    async (host) => {
      const cookie = await signedIn()
      expect((await ask(`${origin}/api/v1/search?q=a`, { host, cookie })).status).toBe(421)
      expect((await ask(server.url, { host })).status).toBe(421)
    },
  )

  test('localhost is the same machine', async () => {
    const host = new URL(origin).host.replace('127.0.0.1', 'localhost')
    expect((await ask(server.url, { host })).status).toBe(303)
  })

  test.each(['cross-site', 'same-site'])('a script of a %s page may not', async (site) => {
    const cookie = await signedIn()
    const reply = await ask(`${origin}/api/v1/search?q=a`, { cookie, 'sec-fetch-site': site })
    expect(reply.status).toBe(403)
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('nobody can %s', async (method) => {
    const reply = await ask(`${origin}/api/v1/search?q=a`, { cookie: await signedIn() }, method)
    expect(reply.status).toBe(405)
  })
})

describe('every answer', () => {
  test.each([
    '/',
    '/plain.css',
    '/api/v1/search?q=a',
    '/assets/main-abc.js',
    '/nothing.js',
    '/?token=one%20time',
  ])('%s carries the policy', async (path) => {
    for (const host of [new URL(origin).host, 'evil.example']) {
      const { headers } = await ask(origin + path, { host })
      expect(headers['content-security-policy']).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      )
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['permissions-policy']).toContain('camera=()')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })
})

describe('the files', () => {
  test('with a hash in their name are kept for ever, compressed, and not sent twice', async () => {
    const first = await ask(`${origin}/assets/main-abc.js`)
    expect(first.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(first.body).toBe(SCRIPT)
    const again = await ask(`${origin}/assets/main-abc.js`, { 'if-none-match': first.headers.etag ?? '' })
    expect(again.status).toBe(304)
    const answer = await fetch(`${origin}/assets/main-abc.js`, { headers: { 'accept-encoding': 'br' } })
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(await answer.text()).toBe(SCRIPT)
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(SCRIPT.length)
  })

  test.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/assets/../../outside.txt',
  ])('nothing outside the folder: %s', async (path) => {
    const { host, port } = { host: '127.0.0.1', port: new URL(origin).port }
    const reply = await ask(`http://${host}:${port}${path}`, { cookie: await signedIn() })
    expect(reply.body).not.toContain('secret')
  })

  test('an unknown page is the shell with status 404; a known one has 200', async () => {
    const cookie = await signedIn()
    expect(await ask(`${origin}/nowhere`, { cookie })).toMatchObject({ status: 404, body: SHELL })
    expect(await ask(`${origin}/identities/aws%3Ax%2Fy`, { cookie })).toMatchObject({
      status: 200,
      body: SHELL,
    })
  })
})

describe('the API', () => {
  test('maps questions and answers', async () => {
    const cookie = await signedIn()
    const reply = await ask(`${origin}/api/v1/search?q=ci-deploy&limit=1`, { cookie })
    expect(JSON.parse(reply.body)).toMatchObject({ query: 'ci-deploy', results: [{ name: 'ci-deploy' }] })
    expect(reply.headers['cache-control']).toBe('no-store')
    const id = (JSON.parse(reply.body) as { results: { id: string }[] }).results[0]?.id ?? ''
    const identity = await ask(`${origin}/api/v1/identities/${encodeURIComponent(id)}`, { cookie })
    expect(JSON.parse(identity.body)).toMatchObject({ node: { id } })
  })

  test.each([
    ['/search', 400, 'USAGE'],
    ['/search?q=a&limit=0', 400, 'USAGE'],
    ['/search?q=a&limit=1e9', 400, 'USAGE'],
    [`/search?q=${'a'.repeat(2049)}`, 400, 'USAGE'],
    ['/findings?severity=awful', 400, 'USAGE'],
    ['/findings?cloud=__proto__', 400, 'USAGE'],
    ['/findings?offset=-1', 400, 'USAGE'],
    ['/can?principal=a&action=b', 400, 'USAGE'],
    ['/identities/nobody', 404, 'NOT_FOUND'],
    ['/paths?from=lumen', 409, 'AMBIGUOUS'],
    ['/nothing', 404, 'NOT_FOUND'],
    ['/identities/%E0%A4%A', 404, 'NOT_FOUND'],
  ])('%s is a problem with status %i', async (path, status, code) => {
    const reply = await ask(`${origin}/api/v1${path}`, { cookie: await signedIn() })
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.body)).toMatchObject({ type: 'about:blank', status, code })
    expect(reported).toEqual([])
  })

  test('an ambiguous name comes with the nodes to choose from', async () => {
    const reply = await ask(`${origin}/api/v1/paths?from=lumen`, { cookie: await signedIn() })
    const { candidates } = JSON.parse(reply.body) as { candidates: { name: string }[] }
    expect(candidates.length).toBeGreaterThan(1)
  })

  test('a bug is reported here and tells the client nothing', async () => {
    const reply = await ask(`${origin}/api/v1/overview`, { cookie: await signedIn() })
    expect(reply.status).toBe(500)
    expect(reply.body).not.toMatch(/secret|bug|\.ts/)
    expect(reported).toHaveLength(1)
  })
})

test('a server without a built UI says how to build it', async () => {
  const bare = await startServer({ api: estateApi, host: '127.0.0.1', token: 't', ui: join(ui, 'missing') })
  const cookie = cookieOf(await ask(bare.url))
  const reply = await ask(`${new URL(bare.url).origin}/`, { cookie })
  expect(reply).toMatchObject({ status: 503 })
  expect(reply.body).toContain('npm run build:ui')
  await bare.close()
})

test('a port that is taken is an error with a way out', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(
    startServer({ api: estateApi, host: '127.0.0.1', token: 't', port, ui }),
  ).rejects.toMatchObject({
    code: 'USAGE',
    remedy: 'choose another port, or 0 for any free one',
  })
  taken.close()
})

test('close lets go of the port, also while a client keeps its connection open', async () => {
  await fetch(`${origin}/plain.css`)
  const before = performance.now()
  await server.close()
  expect(performance.now() - before).toBeLessThan(3000)
  await expect(ask(`${origin}/plain.css`)).rejects.toThrow('ECONNREFUSED')
  server = await startServer({ api: estateApi, host: '127.0.0.1', token: 't', ui })
})
