import { getRequestListener } from '@hono/node-server'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import type { Authority, ServerIdentity } from '../devices/authority.ts'
import type { Milliseconds } from '../devices/device.ts'
import type { Enrolment } from '../devices/enrolment.ts'
import { readBeginRequest, readFinishRequest, wire, type LinkPorts } from '../protocol/enrolment-messages.ts'
import { Refusal } from '../refusal.ts'
import { isBug, jsonAnswer, jsonBody, refusalAnswer } from './answers.ts'
import type { BoundTokens } from './bound-token.ts'
import { addressOf, tlsOptions, type DoorEvent } from './door.ts'
import type { DpopProofs } from './dpop.ts'
import { RateLimit, type Rate } from './rate-limit.ts'

export interface EnrolmentPortOptions {
  readonly identity: ServerIdentity
  readonly authority: Authority
  readonly enrolment: Enrolment
  readonly tokens: BoundTokens
  readonly proofs: DpopProofs
  readonly now: () => Milliseconds
  /** Where devices link; known when the ports are open. */
  readonly ports: () => LinkPorts
  readonly report?: (event: DoorEvent) => void
  /** Requests of one address (default: 20 at once, 1 a second). */
  readonly requests?: Rate
}

/**
 * The port without a client certificate: health, the authority's certificate, enrolment and renewal, and what a client may ask
 * that shows a DPoP-bound token because it cannot do mutual TLS.
 */
export class EnrolmentPort {
  readonly server: Server
  readonly #options: EnrolmentPortOptions
  readonly #limit: RateLimit

  constructor(options: EnrolmentPortOptions) {
    this.#options = options
    this.#limit = new RateLimit(options.requests ?? { burst: 20, perSecond: 1 }, options.now)
    const listener = getRequestListener(
      async (request, { incoming }) => {
        try {
          return await this.#answer(request, incoming.socket)
        } catch (error) {
          if (isBug(error)) options.report?.({ kind: 'bug', error })
          return refusalAnswer(error, this.#nonceHeader(error))
        }
      },
      { overrideGlobalObjects: false },
    )
    this.server = createServer({ ...tlsOptions(options.identity) }, (incoming, outgoing) => {
      void listener(incoming, outgoing)
    })
    this.server.requestTimeout = 30_000
    this.server.maxConnections = 1_000
  }

  renewIdentity(identity: ServerIdentity): void {
    this.server.setSecureContext(tlsOptions(identity))
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.server.close(() => done()))
    this.server.closeAllConnections()
    await closed
  }

  async #answer(request: Request, socket: Socket): Promise<Response> {
    const { pathname } = new URL(request.url)
    const { authority, enrolment } = this.#options
    const route = `${request.method} ${pathname}`
    if (route === 'GET /healthz') return jsonAnswer('{"status":"ok"}')
    if (!this.#limit.take(addressOf(socket)))
      throw new Refusal('too-many', 'too many requests; try again in a minute')
    switch (route) {
      case 'GET /v1/authority':
        return new Response(authority.certificate.toString(), {
          headers: { 'Content-Type': 'application/x-pem-file' },
        })
      case 'GET /v1/broker':
        return jsonAnswer(JSON.stringify(this.#options.ports()))
      case 'POST /v1/enrol/begin':
        return jsonAnswer(wire(enrolment.begin(readBeginRequest(await jsonBody(request)))))
      case 'POST /v1/enrol/finish':
        return jsonAnswer(wire(await enrolment.finish(readFinishRequest(await jsonBody(request)))))
      case 'GET /v1/whoami':
        return this.#whoami(request)
      default:
        return jsonAnswer('{"type":"about:blank","status":404}', 404)
    }
  }

  async #whoami(request: Request): Promise<Response> {
    const { proofs, tokens } = this.#options
    const [scheme, token] = (request.headers.get('authorization') ?? '').split(' ')
    const proof = request.headers.get('dpop')
    if (scheme !== 'DPoP' || token === undefined || proof === null) {
      throw new Refusal('token-invalid', 'a DPoP-bound token and its proof are needed')
    }
    const jkt = await proofs.verify(proof, { method: request.method, url: request.url, token })
    const { id, person, name, level } = await tokens.verify(token, { jkt })
    return jsonAnswer(JSON.stringify({ device: id, person, name, level }), 200, {
      'DPoP-Nonce': proofs.nonce(),
    })
  }

  #nonceHeader(error: unknown): Readonly<Record<string, string>> {
    if (!(error instanceof Refusal) || error.reason !== 'nonce-required') return {}
    return { 'DPoP-Nonce': this.#options.proofs.nonce(), 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' }
  }
}
