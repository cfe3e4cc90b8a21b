import { isObject, own, ownObject, ownString, type JsonObject } from '../../graph/index.ts'

/** What the broker answered over the link. */
export interface DeskAnswer {
  readonly status: number
  readonly body: unknown
}
/** Asks the broker over the agent's link. */
export type AskBroker = (path: string, body: object) => Promise<DeskAnswer>

/** A session that ends sooner is minted anew: clients that refresh 15 minutes before the end would ask each time. */
const LEAST_LEFT = 960_000
/** One that is refreshed and still that short is as long as the cloud gives. */
const LEAST_USABLE = 60_000

interface Kept {
  readonly answer: DeskAnswer
  readonly expiresAt: number
  /** It was minted as short as this. */
  readonly short: boolean
}

/**
 * Credentials in the memory of the agent: one minting for all processes that ask at the same time, and none while the last one is
 * long enough. Before each use the broker is asked whether the grant may still be used; without an answer nothing is given out.
 */
export class CredentialDesk {
  readonly #ask: AskBroker
  readonly #now: () => number
  readonly #kept = new Map<string, Kept>()
  readonly #minting = new Map<string, Promise<DeskAnswer>>()

  constructor(ask: AskBroker, now: () => number) {
    this.#ask = ask
    this.#now = now
  }

  /** The broker's answer, minted now or kept: `{kind, secret, expiresAt}`, or its refusal as it came. */
  async get(grant: string): Promise<DeskAnswer> {
    const kept = this.#kept.get(grant)
    const left = (kept?.expiresAt ?? 0) - this.#now()
    if (kept === undefined || left < (kept.short ? LEAST_USABLE : LEAST_LEFT)) return this.#mint(grant)
    const checked = await this.#ask('/v1/credentials/check', { grant })
    if (checked.status === 200) return kept.answer
    this.#kept.delete(grant)
    return checked
  }

  /** Forgets all; for the end of the agent. */
  clear(): void {
    this.#kept.clear()
  }

  #mint(grant: string): Promise<DeskAnswer> {
    const going = this.#minting.get(grant)
    if (going !== undefined) return going
    const minting = this.#mintAlone(grant).finally(() => this.#minting.delete(grant))
    this.#minting.set(grant, minting)
    return minting
  }

  async #mintAlone(grant: string): Promise<DeskAnswer> {
    this.#kept.delete(grant)
    const answer = await this.#ask('/v1/credentials', { grant })
    const expiresAt = isObject(answer.body) ? own(answer.body, 'expiresAt') : undefined
    if (answer.status === 200 && typeof expiresAt === 'number') {
      this.#kept.set(grant, { answer, expiresAt, short: expiresAt - this.#now() < LEAST_LEFT })
    }
    return answer
  }
}

/** Credentials as the agent hands them to a person's tools. */
export interface LiveCredentials {
  readonly kind: string
  readonly secret: JsonObject
  readonly expiresAt: number
}

/** Undefined: the body has another form. */
export function readLiveCredentials(body: unknown): LiveCredentials | undefined {
  if (!isObject(body)) return undefined
  const [kind, secret, expiresAt] = [
    ownString(body, 'kind'),
    ownObject(body, 'secret'),
    own(body, 'expiresAt'),
  ]
  if (kind === undefined || secret === undefined || typeof expiresAt !== 'number') return undefined
  return { kind, secret, expiresAt }
}
