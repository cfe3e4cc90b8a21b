import type { TokenCredential } from '@azure/identity'
import {
  GomeisaError,
  isObject,
  own,
  ownList,
  ownString,
  type Json,
  type JsonObject,
} from '../../../graph/index.ts'

/** How Azure is reached. Credentials come from where Microsoft's library finds them (`DefaultAzureCredential`). */
export interface Reach {
  /** Instead of Microsoft's own addresses; for tests and private gateways. */
  readonly endpoint?: string
}

/** What a service of Microsoft said. */
export interface Answer {
  readonly status: number
  /** The code of an error: `error.code` of the body, else that of HTTP. Empty where there is none. */
  readonly code: string
  readonly body: JsonObject
}

/** Milliseconds until a call is given up. */
export const TIMEOUT = 30_000
/** Pages of one list; Azure gives some hundred entries each. */
const MOST_PAGES = 50

/** A REST API of Microsoft with the broker's own token. Each call is sent once: the ledger counts on it that retries are its own. */
export class MicrosoftRest {
  readonly #base: string
  readonly #scope: string
  #credential: TokenCredential | undefined

  /** `scope`: whom the token is for. */
  constructor(base: string, scope: string) {
    this.#base = base.replace(/\/$/, '')
    this.#scope = scope
  }

  /** Rejects where no answer came; `CLOUD_UNUSABLE` where there is no token. */
  async send(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    body?: JsonObject,
  ): Promise<Answer> {
    return this.#send(method, this.#url(path, query), signal, body)
  }

  /** Everything in a list, page after page; the answer instead that was an error. */
  async list(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<readonly JsonObject[] | Answer> {
    let url = this.#url(path, query)
    const found: JsonObject[] = []
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.#send('GET', url, signal)
      if (answer.status !== 200) return answer
      found.push(...ownList(answer.body, 'value').filter((each) => isObject(each)))
      const next = ownString(answer.body, 'nextLink') ?? ownString(answer.body, '@odata.nextLink') ?? ''
      if (next === '') return found
      // The token goes nowhere but where it was meant to go.
      if (!URL.canParse(next) || new URL(next).origin !== url.origin)
        throw new GomeisaError('CLOUD_UNUSABLE', 'a list of Azure goes on at another address')
      url = new URL(next)
    }
    throw new GomeisaError('CLOUD_UNUSABLE', 'a list of Azure has no end')
  }

  #url(path: string, query: Readonly<Record<string, string>>): URL {
    const url = new URL(`${this.#base}${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }

  async #send(method: string, url: URL, given: AbortSignal, body?: JsonObject): Promise<Answer> {
    const signal = AbortSignal.any([given, AbortSignal.timeout(TIMEOUT)])
    const headers = {
      Authorization: `Bearer ${await this.#token(signal)}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    }
    const sent = { method, headers, signal, redirect: 'error' as const }
    const response = await fetch(url, body === undefined ? sent : { ...sent, body: JSON.stringify(body) })
    const read = objectIn(await response.text())
    const error = own(read, 'error')
    const said = isObject(error) ? ownString(error, 'code') : undefined
    const code = response.ok ? '' : (said ?? `HTTP-${response.status}`)
    return { status: response.status, code, body: read }
  }

  async #token(abortSignal: AbortSignal): Promise<string> {
    // Loaded when it is used: an operator without Azure does not wait for it.
    const { DefaultAzureCredential } = await import('@azure/identity')
    this.#credential ??= new DefaultAzureCredential()
    const token = await this.#credential.getToken(this.#scope, { abortSignal }).catch((cause: unknown) => {
      throw new GomeisaError('CLOUD_UNUSABLE', 'there are no credentials of Azure', { cause })
    })
    if (token !== null) return token.token
    throw new GomeisaError('CLOUD_UNUSABLE', 'there are no credentials of Azure')
  }
}

/** The object in a body; an empty one where it is none. */
export function objectIn(text: string): JsonObject {
  try {
    const read = JSON.parse(text) as Json
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}
