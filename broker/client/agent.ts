import { rmSync } from 'node:fs'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { VIA_HEADER } from '../protocol/browser-port.ts'
import { BrowserPort } from './browser-port.ts'
import { askSocket } from './ask-socket.ts'
import { brokerUrl } from './broker-calls.ts'
import { answerCredentials, NO_LINK } from './answer-credentials.ts'
import { CredentialDesk } from './credential-desk.ts'
import type { AgentHome, Enrolled } from './agent-home.ts'
import { signWithLinkKey, withTpm } from './device-keys.ts'
import { renewDevice } from './enrol.ts'
import { LinkSupervisor, type LinkStart, type LinkState } from './link-supervisor.ts'
import { findProvider, opensslConfig } from './openssl-config.ts'
import { HANDLE } from '../tpm/constants.ts'
import { tss2Pem } from '../tpm/tss2-key.ts'
import { flushLeftovers } from './tpm/tpm-device.ts'
import { openTransport } from './tpm/transport.ts'

/** The socket on which the agent takes requests of its person, inside the agent's folder. */
export const AGENT_SOCKET = 'agent.sock'
const LINK_SOCKET = 'link.sock'
const OPENSSL_FILE = 'openssl.cnf'

/** How the key gets into the connection. */
export type Binding =
  /** The key is in the TPM, and TLS itself uses it. */
  | 'mutual-tls-tpm'
  /** The key is in the TPM; it signs the connection, because TLS cannot use it here. */
  | 'tls-exporter'
  /** The key is in a file. */
  | 'mutual-tls-software'

export interface AgentStatus {
  readonly device: string
  readonly person: string
  readonly name: string
  readonly level: Enrolled['level']
  readonly broker: string
  readonly binding: Binding
  readonly link: LinkState
  /** Unix milliseconds. */
  readonly notAfter: number
  readonly enrolledUntil: number
  /** Why the last renewal failed; null when it did not. */
  readonly renewal: string | null
}

export interface AgentOptions {
  readonly home: AgentHome
  readonly now: () => number
  /** The tpm2 provider's file; undefined looks for it, null does without. */
  readonly provider?: string | null
  /** Loopback port on which this machine's browsers reach the broker's pages; undefined opens none, 0 takes a free one. */
  readonly browserPort?: number
  /** Hears what changes, for a log. */
  readonly changed?: (status: AgentStatus) => void
}

/** A broker that mints asks a cloud first. */
const BROKER_PATIENCE = 25_000
const RETRY_AFTER = 60_000
/** A timer is set anew after this at the latest: a laptop that slept must not oversleep its renewal. */
const LONGEST_NAP = 60_000

/** The agent: keeps the link up and the certificate fresh, and takes requests on a Unix socket of mode 0600. */
export class Agent {
  readonly #options: AgentOptions
  readonly #supervisor: LinkSupervisor
  readonly #provider: string | undefined
  #enrolled: Enrolled
  #binding: Binding
  #link: LinkState = { kind: 'starting' }
  #renewal: string | null = null
  #retryAt = 0
  #renewing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #server: Server | undefined
  #browsers: BrowserPort | undefined
  readonly #credentials: CredentialDesk

  /** Throws `NOT_ENROLLED` when the folder holds no enrolment. */
  constructor(options: AgentOptions) {
    this.#options = options
    this.#enrolled = options.home.read()
    this.#provider = options.provider === undefined ? findProvider() : (options.provider ?? undefined)
    this.#binding = bindingOf(this.#enrolled, this.#provider)
    const link = options.home.path(LINK_SOCKET)
    this.#credentials = new CredentialDesk(
      (path, body) => askSocket(link, 'POST', path, body, BROKER_PATIENCE),
      options.now,
    )
    this.#supervisor = new LinkSupervisor({
      start: () => this.#linkStart(),
      sign: (message) => signWithLinkKey(this.#enrolled.keys, message),
      keyUnusable: () => {
        if (this.#binding === 'mutual-tls-tpm') this.#binding = 'tls-exporter'
      },
      changed: (link) => {
        this.#link = link
        this.#tell()
      },
    })
  }

  /** The loopback port for browsers, once the agent has started. */
  get browserPort(): number | undefined {
    return this.#browsers?.port
  }

  status(): AgentStatus {
    const { device, person, name, level, broker, notAfter, enrolledUntil } = this.#enrolled
    const state = { binding: this.#binding, link: this.#link, renewal: this.#renewal }
    return { device, person, name, level, broker, ...state, notAfter, enrolledUntil }
  }

  async start(): Promise<void> {
    const { home } = this.#options
    home.prepare()
    await this.#listen(home.path(AGENT_SOCKET))
    const { browserPort } = this.#options
    if (browserPort !== undefined) {
      this.#browsers = await BrowserPort.open(browserPort, home.path(LINK_SOCKET))
    }
    await this.#renewWhenDue()
    this.#supervisor.start()
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#credentials.clear()
    await this.#browsers?.close()
    await this.#supervisor.stop()
    await this.#renewing
    clearTimeout(this.#timer)
    const server = this.#server
    if (server === undefined) return
    const closed = new Promise<void>((done) => server.close(() => done()))
    server.closeAllConnections()
    await closed
  }

  /** Renews now and starts the link anew with the new certificate. */
  async renew(): Promise<void> {
    const { home, now } = this.#options
    this.#enrolled = await renewDevice(home, this.#enrolled, now)
    this.#renewal = null
    this.#supervisor.restart()
  }

  async #renewWhenDue(): Promise<void> {
    const { now } = this.#options
    const { issuedAt, notAfter } = this.#enrolled
    // When a third of its life is left.
    const due = Math.max(notAfter - (notAfter - issuedAt) / 3, this.#retryAt)
    if (now() >= due) {
      this.#renewing = this.renew().catch((error: unknown) => {
        this.#renewal = error instanceof Error ? error.message : String(error)
        this.#retryAt = now() + RETRY_AFTER
        this.#tell()
      })
      await this.#renewing
    }
    const nap = Math.min(Math.max(due - now(), 250), LONGEST_NAP)
    this.#timer = setTimeout(() => void this.#renewWhenDue(), nap)
  }

  async #linkStart(): Promise<LinkStart> {
    const { home } = this.#options
    const { broker, ports, authority, certificate, keys } = this.#enrolled
    const host = brokerUrl(broker).hostname
    const order = { host, authority, certificate, socket: home.path(LINK_SOCKET) }
    if (keys.kind === 'software') {
      return { order: { ...order, mode: 'mutual', port: ports.door, key: keys.pem }, provider: undefined }
    }
    // A process that was killed leaves its key loaded where no resource manager cleans up.
    await withTpm(keys.address, flushLeftovers)
    if (this.#binding === 'tls-exporter' || this.#provider === undefined) {
      return { order: { ...order, mode: 'exporter', port: ports.exporter }, provider: undefined }
    }
    home.write(OPENSSL_FILE, opensslConfig(this.#provider))
    const { tcti } = openTransport(keys.address)
    const { publicArea, wrapped } = keys.keys.linkKey
    const key = tss2Pem(HANDLE.owner, publicArea, wrapped)
    const provider = { config: home.path(OPENSSL_FILE), tcti }
    return { order: { ...order, mode: 'mutual', port: ports.door, key }, provider }
  }

  #tell(): void {
    this.#options.changed?.(this.status())
  }

  async #listen(path: string): Promise<void> {
    rmSync(path, { force: true })
    const server = createServer((request, response) => this.#answer(request, response))
    this.#server = server
    const before = process.umask(0o177)
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail)
        server.listen(path, () => done())
      })
    } finally {
      process.umask(before)
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'GET' && request.url === '/agent/status') {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(this.status()))
      return
    }
    if (request.method === 'POST' && request.url === '/agent/credentials') {
      void answerCredentials(this.#credentials, request, response)
      return
    }
    const { method, url: path } = request
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => name !== VIA_HEADER),
    )
    const socketPath = this.#options.home.path(LINK_SOCKET)
    const passed = httpRequest({ socketPath, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    passed.once('error', () => {
      if (response.headersSent) response.destroy()
      else response.writeHead(503, { 'Content-Type': 'application/json' }).end(NO_LINK)
    })
    response.once('close', () => passed.destroy())
    request.pipe(passed)
  }
}

function bindingOf(enrolled: Enrolled, provider: string | undefined): Binding {
  if (enrolled.keys.kind === 'software') return 'mutual-tls-software'
  return provider === undefined ? 'tls-exporter' : 'mutual-tls-tpm'
}
