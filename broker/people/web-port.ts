import { getRequestListener } from '@hono/node-server'
import { createServer, type Server } from 'node:http'
import { jsonAnswer, refusalAnswer } from '../gateway/answers.ts'
import { RateLimit, type Rate } from '../gateway/rate-limit.ts'
import { GomeisaError } from '../../graph/index.ts'
import { Refusal } from '../refusal.ts'
import type { People } from './people.ts'
import { webRoutes } from './web-routes.ts'

export interface WebPortOptions {
  readonly people: People
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** All requests together, because a proxy is in front (default: 100 at once, 20 a second). */
  readonly requests?: Rate
  /** Public pages of another room, tried first; they look at the host themselves. Undefined: not theirs. */
  readonly pages?: (request: Request) => Response | undefined
  /** Hears of bugs and of a ledger that cannot be read. Never given a secret. */
  readonly report?: (bug: unknown) => void
}

export interface WebPort {
  readonly port: number
  close(): Promise<void>
}

/**
 * Opens the port for phones and for the identity provider: plain HTTP, for the operator's TLS proxy, which must pass on `Host`. Only
 * the host of the phone's site is answered, and that of `pages`.
 */
export async function openWebPort(options: WebPortOptions): Promise<WebPort> {
  const { people, host } = options
  const limit = new RateLimit(options.requests ?? { burst: 100, perSecond: 20 }, people.now)
  const routes = webRoutes(people, options.report)
  const listener = getRequestListener(
    async (request) => {
      const { phone } = people
      const page = options.pages?.(request)
      if (page !== undefined) {
        return limit.take('pages') ? page : refusalAnswer(new Refusal('too-many', 'too many requests'))
      }
      if (phone !== undefined && request.headers.get('host') !== new URL(phone.origin).host) {
        return jsonAnswer('{"type":"about:blank","status":421}', 421)
      }
      if (!limit.take('all')) return refusalAnswer(new Refusal('too-many', 'too many requests'))
      return routes(request)
    },
    { overrideGlobalObjects: false },
  )
  const server: Server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  server.requestTimeout = 30_000
  server.maxConnections = 1_000
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen(options.port, host, () => resolve(undefined))
  try {
    await promise
  } catch (cause) {
    throw new GomeisaError('USAGE', `cannot listen on \`${host}:${options.port}\``, {
      remedy: 'choose another port, or 0 for any free one',
      cause,
    })
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}
