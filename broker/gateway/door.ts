import { getRequestListener } from '@hono/node-server'
import { constants, type X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2Session,
} from 'node:http2'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ServerIdentity } from '../devices/authority.ts'
import type { Milliseconds } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { demand, Refusal } from '../refusal.ts'
import { refusalAnswer } from './answers.ts'
import { LiveSockets } from './live-sockets.ts'
import { admit, stillAdmitted, type Peer } from './peer.ts'
import { RateLimit, type Rate } from './rate-limit.ts'

export interface DoorOptions {
  readonly store: DeviceStore
  readonly identity: ServerIdentity
  /** PEM of the device authority. */
  readonly authority: string
  readonly now: () => Milliseconds
  /** What a device may ask once it is in; every other room adds its routes behind this. */
  readonly handle: (request: Request, peer: Peer) => Promise<Response>
  /** Hears why somebody was not let in, and of bugs. Never given a secret. */
  readonly report?: (event: DoorEvent) => void
  /** New connections of one address (default: 50 at once, 10 a second). */
  readonly connections?: Rate
  /** Requests of one device (default: 200 at once, 50 a second). */
  readonly requests?: Rate
  /** Connections at a time. */
  readonly mostConnections?: number
}

export type DoorEvent =
  | { readonly kind: 'refused'; readonly address: string; readonly reason: string; readonly detail: string }
  | { readonly kind: 'bug'; readonly error: unknown }

const HANDSHAKE_TIMEOUT: Milliseconds = 10_000
/** How often the ledger is asked for changes (a lock, above all), whichever process wrote them. */
const LOOK_EVERY: Milliseconds = 25

/**
 * The one way in for devices: TLS 1.3 with a client certificate, no session tickets. Who may be in is asked of the ledger on
 * every connection and on every request, and of all open connections whenever the ledger has changed.
 */
export class Door {
  readonly live = new LiveSockets()
  readonly server: Http2SecureServer
  readonly #options: DoorOptions
  readonly #watch: NodeJS.Timeout
  readonly #bound = new WeakMap<Socket, X509Certificate>()
  readonly #sockets = new WeakMap<Http2Session, Socket>()
  /** Changes of the ledger up to here were enforced; undefined while it cannot be read. */
  #seen: number | undefined

  constructor(options: DoorOptions) {
    this.#options = options
    this.#seen = options.store.changesSince(Infinity).seq
    this.server = createSecureServer({
      ...tlsOptions(options.identity),
      ca: options.authority,
      requestCert: true,
      rejectUnauthorized: true,
      allowHTTP1: true,
    })
    this.server.maxConnections = options.mostConnections ?? 20_000
    this.#limitConnections()
    this.#guard()
    this.#serve()
    this.#watch = setInterval(() => this.enforce(), LOOK_EVERY)
    this.#watch.unref()
  }

  /** Takes in a connection whose other end has proved by other means that it holds the key of `certificate`. */
  enterBound(socket: TLSSocket, certificate: X509Certificate): void {
    this.#bound.set(socket, certificate)
    this.server.emit('secureConnection', socket)
  }

  /** Closes the connections that the ledger's latest changes speak against, and gives their number. */
  enforce(): number {
    const { store, now } = this.#options
    const keeps = (peer: Peer): boolean => stillAdmitted(store, peer, now()).id === peer.device.id
    try {
      const before = this.#seen
      const { seq, targets } = store.changesSince(before ?? Infinity)
      this.#seen = seq
      return this.live.sweep(keeps, before === undefined ? undefined : targets)
    } catch (error) {
      // Who may be in cannot be known: nobody may.
      if (this.#seen !== undefined) this.#options.report?.({ kind: 'bug', error })
      this.#seen = undefined
      return this.live.sweep(() => false)
    }
  }

  renewIdentity(identity: ServerIdentity): void {
    this.server.setSecureContext({ ...tlsOptions(identity), ca: this.#options.authority })
  }

  async close(): Promise<void> {
    clearInterval(this.#watch)
    const closed = new Promise<void>((done) => this.server.close(() => done()))
    this.live.sweep(() => false)
    await closed
  }

  #limitConnections(): void {
    const { connections = { burst: 50, perSecond: 10 }, now } = this.#options
    const limit = new RateLimit(connections, now)
    this.server.prependListener('connection', (socket: Socket) => {
      if (limit.take(addressOf(socket))) return
      this.#refused(socket, new Refusal('too-many', 'too many connections'))
      socket.destroy()
    })
    this.server.on('tlsClientError', (error: Error, socket: TLSSocket) => {
      this.#refused(socket, new Refusal('certificate-missing', error.message.slice(0, 120)))
      socket.destroy()
    })
  }

  /** Nothing of the server sees a connection that was not let in. */
  #guard(): void {
    const { server } = this
    const serve = server.listeners('secureConnection') as ((socket: TLSSocket) => void)[]
    let entering: TLSSocket | undefined
    server.removeAllListeners('secureConnection')
    server.on('secureConnection', (socket: TLSSocket) => {
      if (!this.#enter(socket)) return
      entering = socket
      for (const each of serve) each.call(server, socket)
      entering = undefined
    })
    // A session shows its socket behind a proxy, which is another object; it is made while its socket enters.
    server.on('session', (session) => {
      if (entering !== undefined) this.#sockets.set(session, entering)
    })
  }

  #enter(socket: TLSSocket): boolean {
    const { store, now } = this.#options
    socket.on('error', () => socket.destroy())
    try {
      const certificate =
        this.#bound.get(socket) ?? (socket.authorized ? socket.getPeerX509Certificate() : undefined)
      demand(certificate !== undefined, 'certificate-missing', 'there is no certificate')
      this.live.add(socket, admit(store, certificate, now()), now())
      return true
    } catch (error) {
      this.#refused(socket, error)
      socket.destroy()
      return false
    }
  }

  #serve(): void {
    const { requests = { burst: 200, perSecond: 50 }, now, handle, store } = this.#options
    const limit = new RateLimit(requests, now)
    const listener = getRequestListener(
      async (request, { incoming }) => {
        try {
          const peer = this.live.peerOf(this.#socketOf(incoming))
          demand(peer !== undefined, 'certificate-missing', 'the connection was not let in')
          const device = stillAdmitted(store, peer, now())
          if (!limit.take(device.id)) throw new Refusal('too-many', 'too many requests')
          return await handle(request, { ...peer, device })
        } catch (error) {
          if (!(error instanceof Refusal)) this.#options.report?.({ kind: 'bug', error })
          return refusalAnswer(error)
        }
      },
      { overrideGlobalObjects: false },
    )
    this.server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))
    this.server.on('sessionError', () => undefined)
  }

  #socketOf(request: IncomingMessage | Http2ServerRequest): Socket {
    const session = 'stream' in request ? request.stream.session : undefined
    return (session && this.#sockets.get(session)) ?? request.socket
  }

  #refused(socket: Socket, error: unknown): void {
    const { report } = this.#options
    if (!(error instanceof Refusal)) report?.({ kind: 'bug', error })
    else
      report?.({ kind: 'refused', address: addressOf(socket), reason: error.reason, detail: error.message })
  }
}

/** TLS 1.3 only, and no tickets: a ticket would let a session live on that a full handshake would refuse. */
export function tlsOptions(identity: ServerIdentity) {
  return {
    cert: identity.certificate,
    key: identity.key,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    secureOptions: constants.SSL_OP_NO_TICKET,
    handshakeTimeout: HANDSHAKE_TIMEOUT,
  } as const
}

export const addressOf = (socket: Socket): string => socket.remoteAddress ?? 'unknown'
