import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { GomeisaError } from '../../graph/index.ts'
import { packageRoot } from '../package-root.ts'
import { apiRoutes } from './api-routes.ts'
import type { ApiHandlers } from './handlers.ts'
import { NOT_BUILT_PAGE, PLAIN_STYLE, PLAIN_STYLE_PATH, SIGN_IN_PAGE, SIGNED_IN_PAGE } from './plain-pages.ts'
import { problem } from './problem.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { Session } from './session.ts'
import { StaticFiles } from './static-files.ts'

/** Paths the browser's router knows; any other page is answered with 404 and the same shell, which says so. */
const PAGES = /^\/(?:|paths|findings|can|search|identities\/[^/]+)$/
/** How long open requests may take to finish once the server is told to close, in milliseconds. */
const CLOSE_GRACE = 1000

export interface ServerOptions {
  readonly api: ApiHandlers
  /** 0 or absent: any free one. */
  readonly port?: number
  /** Loopback only: whoever reaches the port reaches the answers. */
  readonly host: '127.0.0.1'
  /** Secret of the printed link, good for one use. */
  readonly token: string
  /** Folder of the built UI; default: the one of the package. */
  readonly ui?: string
  /** Hears of errors that are bugs; the client learns only that there was one. */
  readonly report?: (error: unknown) => void
}

export interface RunningServer {
  /** `http://127.0.0.1:<port>/?token=…`: the link to print. */
  readonly url: string
  /** Stops listening, lets open requests finish for a second, resolves when the port is free. */
  close(): Promise<void>
}

/** Starts the server on loopback. Throws GomeisaError `USAGE` when the port is taken or not allowed. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = createServer()
  const port = await listen(server, options.port ?? 0, options.host)
  const app = application(options, port)
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false })
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))
  return {
    url: `http://${options.host}:${port}/?token=${encodeURIComponent(options.token)}`,
    close: () => close(server),
  }
}

function application(options: ServerOptions, port: number): Hono {
  const session = new Session(options.token, port)
  const files = new StaticFiles(options.ui ?? join(packageRoot(), 'ui', 'dist'))
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    for (const [name, value] of SECURITY_HEADERS) context.res.headers.set(name, value)
  })
  app.use(async (context, next) => {
    // A page of a hostile site can point its own name at 127.0.0.1 (DNS rebinding): its requests carry that name.
    if (!hosts.has(context.req.header('host') ?? '')) {
      return context.json(problem(421, 'WRONG_HOST', `open http://127.0.0.1:${port}/ instead`), 421)
    }
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') {
      return context.json(problem(405, 'READ_ONLY', 'only GET and HEAD are answered'), 405, {
        Allow: 'GET, HEAD',
      })
    }
    return next()
  })

  app.use('/api/*', async (context, next) => {
    // Another port of this machine is the same site to a cookie, but not the same origin.
    const from = context.req.header('sec-fetch-site')
    if (from !== undefined && from !== 'same-origin' && from !== 'none') {
      return context.json(problem(403, 'CROSS_ORIGIN', 'only the pages of Gomeisa itself may ask'), 403)
    }
    if (!session.admits(context.req.header('cookie'))) {
      return context.json(problem(401, 'NOT_SIGNED_IN', 'open the link that the terminal printed'), 401)
    }
    return next()
  })
  app.route('/api/v1', apiRoutes(options.api, options.report ?? (() => undefined)))
  app.all('/api/*', (context) => context.json(problem(404, 'NOT_FOUND', 'there is no such endpoint'), 404))

  app.get(PLAIN_STYLE_PATH, (context) =>
    context.body(PLAIN_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  )
  app.get('*', (context) => {
    const path = context.req.path
    if (path === '/' && context.req.query('token') !== undefined) return signIn(context, session)
    // The files are those of the published package: no secret. The shell is kept back to say how to sign in.
    const file = path === '/index.html' ? undefined : files.answer(path, context.req.raw)
    if (file !== undefined) return file
    if (!session.admits(context.req.header('cookie'))) return plain(context, SIGN_IN_PAGE, 401)
    const shell = files.answer('/index.html', context.req.raw, PAGES.test(path) ? 200 : 404)
    return shell ?? plain(context, NOT_BUILT_PAGE, 503)
  })
  return app
}

function plain(context: Context, html: string, status: 200 | 401 | 503): Response {
  return context.html(html, status, { 'Cache-Control': 'no-store' })
}

function signIn(context: Context, session: Session): Response {
  // Whoever only looks ahead (prefetch, link preview) must not use the link up.
  const ahead =
    context.req.method === 'HEAD' || (context.req.header('sec-purpose') ?? '').includes('prefetch')
  if (ahead) return context.body(null, 204, { 'Cache-Control': 'no-store' })
  const cookie = session.redeem(context.req.query('token') ?? '')
  // A reload of the link in the browser that used it is no reason to send it away.
  if (cookie === undefined && session.admits(context.req.header('cookie'))) return context.redirect('/', 303)
  if (cookie === undefined) return plain(context, SIGN_IN_PAGE, 401)
  context.header('Set-Cookie', cookie)
  context.header('Cache-Control', 'no-store')
  const from = context.req.header('sec-fetch-site')
  if (from === 'cross-site' || from === 'same-site') return plain(context, SIGNED_IN_PAGE, 200)
  return context.redirect('/', 303)
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen(port, host, () => resolve(undefined))
  try {
    await promise
  } catch (cause) {
    throw new GomeisaError('USAGE', `cannot listen on \`${host}:${port}\``, {
      remedy: 'choose another port, or 0 for any free one',
      cause,
    })
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  server.close(() => resolve(undefined))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE)
  await promise
  clearTimeout(timer)
}
