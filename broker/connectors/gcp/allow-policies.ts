import type { GoogleAuth } from 'google-auth-library'
import { GomeisaError, isObject, ownString, type Json, type JsonObject } from '../../../graph/index.ts'

/** How Google Cloud is reached. Credentials come from where Google's library finds them (application default credentials). */
export interface Reach {
  /** Instead of Google's own addresses; for tests and private gateways. */
  readonly endpoint?: string
}

const RESOURCES = 'https://cloudresourcemanager.googleapis.com'
const ACCOUNTS = 'https://iam.googleapis.com'
/** Service accounts have their policies at another service than what they stand in. */
const isAccount = (resource: string): boolean => /^projects\/-\/serviceAccounts\//.test(resource)
const SCOPES = ['https://www.googleapis.com/auth/cloud-platform']
/** Milliseconds until a call is given up. */
export const TIMEOUT = 30_000
/** The only version in which conditions survive (Resource Manager, "Policy"). */
const WITH_CONDITIONS = 3

/**
 * Allow policies of projects, folders and organizations (Resource Manager REST API, v3) and of service accounts (IAM REST API, v1),
 * sent as they are and never twice.
 */
export class AllowPolicies {
  readonly #resources: string
  readonly #accounts: string
  #auth: GoogleAuth | undefined

  constructor({ endpoint }: Reach) {
    const instead = endpoint?.replace(/\/$/, '')
    this.#resources = `${instead ?? RESOURCES}/v3/`
    this.#accounts = `${instead ?? ACCOUNTS}/v1/`
  }

  /** The whole policy, conditions included. Rejects with the library's error. */
  async read(resource: string, signal: AbortSignal): Promise<JsonObject> {
    if (isAccount(resource)) {
      const asked = `options.requestedPolicyVersion=${WITH_CONDITIONS}`
      return this.#post(`${this.#accounts}${resource}:getIamPolicy?${asked}`, {}, signal)
    }
    const asked = { options: { requestedPolicyVersion: WITH_CONDITIONS } }
    return this.#post(`${this.#resources}${resource}:getIamPolicy`, asked, signal)
  }

  /**
   * Puts a policy that was read and changed in its place, if nobody has written it since; gives the policy as it then is. Throws
   * `CLOUD_UNUSABLE` without an etag, by which Google would overwrite what others wrote, and lose their conditions.
   */
  async write(resource: string, policy: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    if ((ownString(policy, 'etag') ?? '') === '')
      throw new GomeisaError('CLOUD_UNUSABLE', 'the policy that was read has no etag')
    const base = isAccount(resource) ? this.#accounts : this.#resources
    return this.#post(
      `${base}${resource}:setIamPolicy`,
      { policy: { ...policy, version: WITH_CONDITIONS } },
      signal,
    )
  }

  async #post(url: string, data: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    // Loaded when it is used: an operator without Google Cloud does not wait for it.
    const { GoogleAuth } = await import('google-auth-library')
    this.#auth ??= new GoogleAuth({ scopes: SCOPES })
    const { data: answer } = await this.#auth.request<Json>({
      url,
      method: 'POST',
      data,
      signal,
      timeout: TIMEOUT,
      // The ledger counts on it that a call which was given up is not begun anew: retries are its own.
      retry: false,
      responseType: 'json',
    })
    if (isObject(answer)) return answer
    throw new GomeisaError('CLOUD_UNUSABLE', 'Google answered with no policy')
  }
}
