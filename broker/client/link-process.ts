/**
 * The process that holds the one link to the broker and does nothing else: with a TPM, OpenSSL is configured here so that
 * every signature goes to the TPM. It takes HTTP requests on a Unix socket and passes them on over one HTTP/2 session.
 * When the link ends, for whatever reason, the process ends too: a fresh one has a fresh TPM context.
 */
import { rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connectHttp2, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2'
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { bindConnection } from './exporter-binding.ts'
import type { AgentMessage, LinkMessage, LinkOrder } from './link-orders.ts'

const PING_EVERY = 15_000
const PING_PATIENCE = 10_000
const CONNECT_PATIENCE = 15_000
/** Of one hop only (RFC 9110, section 7.6.1), or what HTTP/2 forbids. */
const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'host',
  'te',
  'http2-settings',
])

let onSigned: ((signature: Buffer) => void) | undefined

process.on('message', (message: AgentMessage) => {
  if (message.kind === 'signed') onSigned?.(Buffer.from(message.signature, 'base64'))
  else void run(message.order)
})
// The agent is gone: nobody would supervise the link.
process.on('disconnect', () => process.exit(0))

function tell(message: LinkMessage, then?: () => void): void {
  process.send?.(message, then ?? (() => undefined))
}

function down(why: string, keyUnusable = false): void {
  tell({ kind: 'down', why, keyUnusable }, () => process.exit(1))
  setTimeout(() => process.exit(1), 500)
}

async function run(order: LinkOrder): Promise<void> {
  let context: SecureContext
  try {
    const { authority: ca, certificate: cert, key } = order
    context = createSecureContext({
      ca,
      minVersion: 'TLSv1.3',
      ...(order.mode === 'mutual' && { cert, key }),
    })
  } catch (error) {
    down(`the key cannot be used by TLS: ${reason(error)}`, true)
    return
  }
  try {
    const socket = await connected(order, context)
    if (order.mode === 'exporter') await bindConnection(socket, order.certificate, signByAgent)
    const session = await opened(order, socket)
    serve(order.socket, session)
  } catch (error) {
    down(reason(error))
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function connected(order: LinkOrder, secureContext: SecureContext): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>()
  const { host, port } = order
  const socket = connectTls({ host, port, servername: host, secureContext, ALPNProtocols: ['h2'] })
  socket.setTimeout(CONNECT_PATIENCE, () => socket.destroy(new Error('the broker does not answer')))
  socket.setNoDelay()
  socket.once('error', reject)
  socket.once('close', () => down('the link was closed'))
  socket.once('secureConnect', () => {
    socket.setTimeout(0)
    resolve(socket)
  })
  return promise
}

/** The session, once the broker has answered over it: with TLS 1.3, a refused certificate shows only then. */
function opened(order: LinkOrder, socket: TLSSocket): Promise<ClientHttp2Session> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>()
  const session = connectHttp2(`https://${order.host}:${order.port}`, { createConnection: () => socket })
  session.once('error', reject)
  session.once('close', () => down('the link was closed'))
  session.once('goaway', () => down('the broker ended the link'))
  session.once('remoteSettings', () => resolve(session))
  setInterval(() => {
    const timer = setTimeout(() => down('the broker does not answer'), PING_PATIENCE)
    session.ping(() => clearTimeout(timer))
  }, PING_EVERY)
  return promise
}

function serve(path: string, session: ClientHttp2Session): void {
  rmSync(path, { force: true })
  const server = createServer((request, response) => forward(session, request, response))
  server.once('error', (error) => down(reason(error)))
  process.umask(0o177)
  server.listen(path, () => tell({ kind: 'up' }))
}

function forward(session: ClientHttp2Session, request: IncomingMessage, response: ServerResponse): void {
  const headers = { ':method': request.method, ':path': request.url, ...endToEnd(request.headers) }
  const stream = session.request(headers, { endStream: false })
  stream.on('response', (answered) => {
    const { ':status': status = 502, ...rest } = answered
    response.writeHead(
      status,
      Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith(':'))),
    )
    stream.pipe(response)
  })
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  request.pipe(stream)
}

const endToEnd = (headers: IncomingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)))

function signByAgent(message: Buffer): Promise<Buffer> {
  return new Promise((done) => {
    onSigned = done
    tell({ kind: 'sign', message: message.toString('base64') })
  })
}
