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
  /** Instead of `https://management.azure.com`; for tests and private gateways. */
  readonly endpoint?: string
}

/** What Azure Resource Manager said. */
export interface Answer {
  readonly status: number
  /** The code of an error: `error.code` of the body, else that of HTTP. Empty where there is none. */
  readonly code: string
  readonly body: JsonObject
}

const AZURE = 'https://management.azure.com'
const SCOPE = 'https://management.azure.com/.default'
/** Milliseconds until a call is given up. */
export const TIMEOUT = 30_000
/** Pages of one list; Azure gives some hundred entries each. */
const MOST_PAGES = 50

/** The REST API of Azure Resource Manager. Each call is sent once: the ledger counts on it that retries are its own. */
export class ResourceManager {
  readonly #base: string
  #credential: TokenCredential | undefined

  constructor({ endpoint = AZURE }: Reach) {
    this.#base = endpoint.replace(/\/$/, '')
  }

  /** Rejects where no answer came; `CLOUD_UNUSABLE` where there is no token. */
  async send(
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    version: string,
    signal: AbortSignal,
    body?: JsonObject,
  ): Promise<Answer> {
    const url = new URL(`${this.#base}${path}`)
    url.searchParams.set('api-version', version)
    return this.#send(method, url, signal, body)
  }

  /** Everything in a list, page after page; the answer instead that was an error. */
  async list(
    path: string,
    filter: string,
    version: string,
    signal: AbortSignal,
  ): Promise<readonly JsonObject[] | Answer> {
    let url = new URL(`${this.#base}${path}`)
    url.searchParams.set('$filter', filter)
    url.searchParams.set('api-version', version)
    const found: JsonObject[] = []
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.#send('GET', url, signal)
      if (answer.status !== 200) return answer
      found.push(...ownList(answer.body, 'value').filter((each) => isObject(each)))
      const next = ownString(answer.body, 'nextLink') ?? ''
      if (next === '') return found
      // The token goes nowhere but where it was meant to go.
      if (!URL.canParse(next) || new URL(next).origin !== url.origin)
        throw new GomeisaError('CLOUD_UNUSABLE', 'a list of Azure goes on at another address')
      url = new URL(next)
    }
    throw new GomeisaError('CLOUD_UNUSABLE', 'a list of Azure has no end')
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
    const token = await this.#credential.getToken(SCOPE, { abortSignal }).catch((cause: unknown) => {
      throw new GomeisaError('CLOUD_UNUSABLE', 'there are no credentials of Azure', { cause })
    })
    if (token !== null) return token.token
    throw new GomeisaError('CLOUD_UNUSABLE', 'there are no credentials of Azure')
  }
}

function objectIn(text: string): JsonObject {
  try {
    const read = JSON.parse(text) as Json
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}
