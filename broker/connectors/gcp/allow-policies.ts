import type { GoogleAuth } from 'google-auth-library'
import { GomeisaError, isObject, ownString, type Json, type JsonObject } from '../../../graph/index.ts'

/** How Google Cloud is reached. Credentials come from where Google's library finds them (application default credentials). */
export interface Reach {
  /** Instead of `https://cloudresourcemanager.googleapis.com`; for tests and private gateways. */
  readonly endpoint?: string
}

const GOOGLE = 'https://cloudresourcemanager.googleapis.com'
const SCOPES = ['https://www.googleapis.com/auth/cloud-platform']
/** Milliseconds until a call is given up. */
export const TIMEOUT = 30_000
/** The only version in which conditions survive (Resource Manager, "Policy"). */
const WITH_CONDITIONS = 3

/** Allow policies of projects, folders and organizations (Resource Manager REST API, v3), sent as they are and never twice. */
export class AllowPolicies {
  readonly #base: string
  #auth: GoogleAuth | undefined

  constructor({ endpoint = GOOGLE }: Reach) {
    this.#base = endpoint.replace(/\/$/, '')
  }

  /** The whole policy, conditions included. Rejects with the library's error. */
  async read(resource: string, signal: AbortSignal): Promise<JsonObject> {
    const asked = { options: { requestedPolicyVersion: WITH_CONDITIONS } }
    return this.#post(`${resource}:getIamPolicy`, asked, signal)
  }

  /**
   * Puts a policy that was read and changed in its place, if nobody has written it since; gives the policy as it then is. Throws
   * `CLOUD_UNUSABLE` without an etag, by which Google would overwrite what others wrote, and lose their conditions.
   */
  async write(resource: string, policy: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    if ((ownString(policy, 'etag') ?? '') === '')
      throw new GomeisaError('CLOUD_UNUSABLE', 'the policy that was read has no etag')
    return this.#post(`${resource}:setIamPolicy`, { policy: { ...policy, version: WITH_CONDITIONS } }, signal)
  }

  async #post(path: string, data: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    // Loaded when it is used: an operator without Google Cloud does not wait for it.
    const { GoogleAuth } = await import('google-auth-library')
    this.#auth ??= new GoogleAuth({ scopes: SCOPES })
    const { data: answer } = await this.#auth.request<Json>({
      url: `${this.#base}/v3/${path}`,
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
