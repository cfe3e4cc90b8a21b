import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentMessage, LinkMessage, LinkOrder } from './link-orders.ts'

/** What a link is started with; asked anew for every start, so that a renewed certificate counts from the next one. */
export interface LinkStart {
  readonly order: LinkOrder
  /** OpenSSL configuration of the link's process, and the TPM as the provider names it. */
  readonly provider: { readonly config: string; readonly tcti: string } | undefined
}

export interface SupervisorOptions {
  readonly start: () => Promise<LinkStart>
  /** Signs for a link whose TLS cannot. */
  readonly sign: (message: Buffer) => Promise<Buffer>
  /** TLS could not load the key: the next start should be in another mode. */
  readonly keyUnusable: (why: string) => void
  readonly changed: (state: LinkState) => void
}

export type LinkState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'up'; readonly since: number; readonly process: number }
  | { readonly kind: 'down'; readonly why: string }

const FIRST_WAIT = 250
const LONGEST_WAIT = 30_000
/** A link that held this long was good: the next wait is short again. */
const GOOD = 30_000
const STOP_PATIENCE = 3_000

/** Keeps one link process running, and starts another whenever it ends. */
export class LinkSupervisor {
  readonly #options: SupervisorOptions
  #child: ChildProcess | undefined
  #stopped = false
  #failures = 0
  #wake = new AbortController()
  #loop: Promise<void> | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop ??= this.#run()
  }

  /** Ends the link, so that the next start takes what is new. */
  restart(): void {
    this.#failures = 0
    if (this.#child !== undefined) this.#options.changed({ kind: 'starting' })
    this.#child?.kill()
    this.#wake.abort()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake.abort()
    const child = this.#child
    child?.kill()
    const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_PATIENCE)
    await this.#loop
    clearTimeout(timer)
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      const began = Date.now()
      this.#options.changed({ kind: 'starting' })
      const why = await this.#once().catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      if (this.#isStopped()) return
      this.#options.changed({ kind: 'down', why })
      this.#failures = Date.now() - began > GOOD ? 0 : this.#failures + 1
      const wait = Math.min(FIRST_WAIT * 2 ** Math.min(this.#failures, 8), LONGEST_WAIT)
      this.#wake = new AbortController()
      // Spread, so that a restart of the broker does not bring everybody back at once.
      await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal: this.#wake.signal }).catch(
        () => undefined,
      )
    }
  }

  #isStopped(): boolean {
    return this.#stopped
  }

  /** One life of a link process; gives why it ended. */
  async #once(): Promise<string> {
    const { order, provider } = await this.#options.start()
    const child = fork(new URL('./link-process.ts', import.meta.url), {
      execArgv: provider === undefined ? [] : [`--openssl-config=${provider.config}`],
      env: environment(provider?.tcti),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    })
    this.#child = child
    let why = 'the link process ended'
    const { promise, resolve } = Promise.withResolvers<string>()
    child.on('message', (message: LinkMessage) => {
      if (message.kind === 'up') {
        this.#options.changed({ kind: 'up', since: Date.now(), process: child.pid ?? 0 })
      } else if (message.kind === 'sign') {
        void this.#sign(child, Buffer.from(message.message, 'base64'))
      } else {
        why = message.why
        if (message.keyUnusable) this.#options.keyUnusable(message.why)
      }
    })
    child.once('error', (error) => resolve(error.message))
    child.once('exit', () => resolve(why))
    tell(child, { kind: 'start', order })
    const ended = await promise
    this.#child = undefined
    return ended
  }

  async #sign(child: ChildProcess, message: Buffer): Promise<void> {
    try {
      const signature = await this.#options.sign(message)
      tell(child, { kind: 'signed', signature: signature.toString('base64') })
    } catch {
      child.kill()
    }
  }
}

function tell(child: ChildProcess, message: AgentMessage): void {
  if (child.connected) child.send(message, () => undefined)
}

/** What the process needs and no more; the agent's environment may hold secrets of other programs. */
function environment(tcti: string | undefined): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'LANG', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), ...(tcti !== undefined && { TPM2OPENSSL_TCTI: tcti }) }
}
