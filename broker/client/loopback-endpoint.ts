import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'

export interface LoopbackAnswer {
  readonly status: number
  /** JSON text. */
  readonly body: string
}

/** How a tool shows the token, and whether it asks by a query behind the path. */
export interface LoopbackForm {
  /** Name of the header, in small letters. */
  readonly header: string
  readonly query: boolean
}

const PLAIN: LoopbackForm = { header: 'authorization', query: false }

/** Tools wait two seconds, some only one try: an answer that says so is better than none. */
const PATIENCE = 1_700
const MOST_CONNECTIONS = 64

/**
 * An address on this machine from which tools fetch credentials. Every user and every web page of the machine can connect to it;
 * only who knows its token gets an answer, under its own name, from no page and from nothing that calls itself a browser.
 */
export class LoopbackEndpoint {
  /** Sent verbatim in the header of the form: `Authorization` unless told. */
  readonly token = randomBytes(32).toString('base64url')
  readonly url: string
  readonly #server: Server

  private constructor(server: Server, url: (port: number) => string) {
    this.#server = server
    const address = server.address()
    this.url = url(typeof address === 'object' && address !== null ? address.port : 0)
  }

  /**
   * Takes a free port of 127.0.0.1. `answer` hears the query, which is empty in a form without one, and may take its time: it goes on when
   * the tool was told to come again.
   */
  static async open(
    answer: (query: URLSearchParams) => Promise<LoopbackAnswer>,
    form: LoopbackForm = PLAIN,
  ): Promise<LoopbackEndpoint> {
    const path = `/${randomBytes(16).toString('hex')}`
    const server = createServer()
    server.maxConnections = MOST_CONNECTIONS
    server.requestTimeout = 5_000
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen(0, '127.0.0.1', () => done())
    })
    const made = new LoopbackEndpoint(server, (port) => `http://127.0.0.1:${port}${path}`)
    server.on('request', (request, response) => {
      const why = refusal(request, made, form)
      const query = new URLSearchParams(request.url?.split('?', 2)[1] ?? '')
      const answered = why === undefined ? within(answer(query)) : Promise.resolve(problem(403, why))
      void answered.then(({ status, body }) => {
        response
          .writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
          .end(body)
      })
      request.resume()
    })
    return made
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()))
    this.#server.closeAllConnections()
    await closed
  }
}

/** Why a request gets nothing; undefined: it may have it. The token is compared in constant time. */
function refusal(
  request: IncomingMessage,
  { url, token }: LoopbackEndpoint,
  { header, query }: LoopbackForm,
): string | undefined {
  const { host, pathname } = new URL(url)
  const { headers } = request
  if (headers.host !== host) return 'host'
  const page = ['origin', 'referer', 'cookie', 'x-forwarded-for', 'forwarded', 'sec-fetch-site']
  const foreign = page.find((name) => headers[name] !== undefined)
  if (foreign !== undefined) return foreign
  // Every browser begins its name like this (RFC 9110 10.1.5 leaves the text free; they do it for history).
  if (/mozilla/i.test(headers['user-agent'] ?? '')) return 'user-agent'
  const asked = query ? request.url?.split('?', 1)[0] : request.url
  if (request.method !== 'GET' || asked !== pathname) return 'path'
  const shown = headers[header]
  const given = Buffer.from(typeof shown === 'string' ? shown : '')
  const wanted = Buffer.from(token)
  const same = given.length === wanted.length && timingSafeEqual(given, wanted)
  return same ? undefined : header
}

async function within(answer: Promise<LoopbackAnswer>): Promise<LoopbackAnswer> {
  const { promise: late, resolve } = Promise.withResolvers<LoopbackAnswer>()
  const timer = setTimeout(() => resolve(problem(503, 'not ready yet: try again')), PATIENCE)
  try {
    return await Promise.race([answer, late])
  } catch {
    return problem(503, 'the agent did not answer')
  } finally {
    clearTimeout(timer)
  }
}

/** As the SDKs of AWS read it: a code and a message. */
const problem = (status: number, message: string): LoopbackAnswer => ({
  status,
  body: JSON.stringify({ code: status === 403 ? 'Refused' : 'NotReady', message }),
})
