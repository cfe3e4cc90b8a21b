import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { GomeisaError } from '../../graph/index.ts'
import { BROWSER_ROOT, VIA_BROWSER, VIA_HEADER } from '../protocol/browser-port.ts'

/**
 * The loopback port through which this machine's browsers reach the broker's pages for people, over the agent's link: so a cookie
 * works here and nowhere else. Every user of the machine can connect to it, which is why a login is confirmed over the agent's private
 * socket, and why nothing but those pages is passed on.
 */
export class BrowserPort {
  readonly port: number
  readonly #server: Server

  private constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
  }

  static async open(port: number, linkSocket: string): Promise<BrowserPort> {
    let host = ''
    const server = createServer((request, response) => passOn(request, response, host, linkSocket))
    server.requestTimeout = 30_000
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(undefined))
    try {
      await promise
    } catch (cause) {
      throw new GomeisaError('USAGE', `cannot listen on \`127.0.0.1:${port}\``, {
        remedy: 'choose another port for browsers; the broker must be told the same',
        cause,
      })
    }
    const address = server.address()
    const taken = typeof address === 'object' && address !== null ? address.port : port
    host = `localhost:${taken}`
    return new BrowserPort(server, taken)
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()))
    this.#server.closeAllConnections()
    await closed
  }
}

function passOn(request: IncomingMessage, response: ServerResponse, host: string, socketPath: string): void {
  const { method, url: path = '', headers } = request
  // Another name for 127.0.0.1 would be another site's page (DNS rebinding).
  if (headers.host !== host || !path.startsWith(BROWSER_ROOT)) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is nothing here.\n')
    return
  }
  const marked = { ...headers, [VIA_HEADER]: VIA_BROWSER }
  const passed = httpRequest({ socketPath, method, path, headers: marked, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.once('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(503, { 'Content-Type': 'text/plain' }).end('The broker cannot be reached now.\n')
  })
  response.once('close', () => passed.destroy())
  request.pipe(passed)
}
