import { GomeisaError, isObject, type Json, ownObject, ownString } from '../../graph/index.ts'
import { member, plainCode } from '../transport/error-parts.ts'
import type { Failure } from '../transport/page-call.ts'

const PASSING = /^(?:HTTP_5\d\d|HTTP_408|ECONN\w+|ETIMEDOUT|EPIPE|EAI_AGAIN|REQUEST_SEND_ERROR|ENOTFOUND)$/
/** Names of `@azure/identity` for what is wrong with credentials. */
const NO_CREDENTIALS =
  /^(?:CredentialUnavailableError|AuthenticationError|AggregateAuthenticationError|AuthenticationRequiredError|ClientAuthError|ServerError)$/

/** What an error of the pipeline means. Its message, which may quote a request, is not looked at and never kept. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GomeisaError) return { is: 'over', error }
  if (error instanceof SyntaxError) return { is: 'passing', code: 'NOT_JSON' }
  const status = member(error, 'statusCode')
  const name = member(error, 'name')
  if (typeof name === 'string' && NO_CREDENTIALS.test(name)) return { is: 'over', error: noCredentials(name) }
  if (status === 401) return { is: 'over', error: noCredentials(saidIn(error) ?? 'HTTP_401') }
  const headers = member(member(error, 'response'), 'headers')
  const wait = waitOf(headers)
  if (status === 429) return { is: 'throttled', code: saidIn(error) ?? 'HTTP_429', wait }
  if (status === 503 && wait !== undefined) return { is: 'throttled', code: 'HTTP_503', wait }
  if (typeof status === 'number') {
    const http = `HTTP_${status}`
    return PASSING.test(http) ? { is: 'passing', code: http } : { is: 'refused', code: saidIn(error) ?? http }
  }
  const code = member(error, 'code')
  const known = typeof code === 'string' ? plainCode(code) : 'UNKNOWN'
  return PASSING.test(known) ? { is: 'passing', code: known } : { is: 'refused', code: known }
}

export function noCredentials(code: string): GomeisaError {
  return new GomeisaError('CLOUD_UNUSABLE', `there are no usable credentials of Azure (${code})`, {
    remedy:
      'sign in (az login) or set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate, then run the same command: it goes on where it was',
  })
}

/** The code of an error of Resource Manager or Microsoft Graph: `{"error": {"code": …}}`. */
function saidIn(error: unknown): string | undefined {
  const text = member(member(error, 'response'), 'bodyAsText')
  if (typeof text !== 'string') return undefined
  try {
    const body = JSON.parse(text) as Json
    const said = isObject(body) ? ownString(ownObject(body, 'error') ?? body, 'code') : undefined
    return said === undefined || said === '' ? undefined : plainCode(said)
  } catch {
    return undefined
  }
}

/**
 * Milliseconds that the answer asks to wait: `Retry-After` in seconds or as a date is not used by these services, so seconds
 * only; Resource Graph tells `x-ms-user-quota-resets-after` as hh:mm:ss.
 */
function waitOf(headers: unknown): number | undefined {
  const after = header(headers, 'retry-after')
  if (after !== undefined && /^\d+$/.test(after)) return Math.min(Number(after) * 1000, LONGEST)
  const reset = /^(\d+):(\d\d):(\d\d)/.exec(header(headers, 'x-ms-user-quota-resets-after') ?? '')
  if (reset === null) return undefined
  const [, hours, minutes, seconds] = reset
  return Math.min(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000, LONGEST)
}

const LONGEST = 10 * 60_000

function header(headers: unknown, name: string): string | undefined {
  const get = member(headers, 'get')
  const value: unknown = typeof get === 'function' ? Reflect.apply(get, headers, [name]) : undefined
  return typeof value === 'string' ? value : undefined
}
