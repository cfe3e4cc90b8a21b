import { GomeisaError } from '../../graph/index.ts'
import { member, plainCode } from '../transport/error-parts.ts'
import type { Failure } from '../transport/page-call.ts'

/** Names of gRPC's status numbers (https://grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const STATUS = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]

const PASSING =
  /^(?:UNKNOWN|DEADLINE_EXCEEDED|ABORTED|INTERNAL|UNAVAILABLE|ECONN\w+|ETIMEDOUT|EPIPE|EAI_AGAIN|HTTP_5\d\d|HTTP_408)$/
const NO_CREDENTIALS =
  /Could not load the default credentials|invalid_grant|invalid_client|invalid_rapt|reauth/i

/** What an error of the clients means. Its message, which may quote a request, is looked at and never kept. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GomeisaError) return { is: 'over', error }
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : ''
  if (code === 'UNAUTHENTICATED' || NO_CREDENTIALS.test(text))
    return { is: 'over', error: noCredentials(code) }
  if (code === 'RESOURCE_EXHAUSTED') return { is: 'throttled', code, wait: waitOf(error) }
  return PASSING.test(code) ? { is: 'passing', code } : { is: 'refused', code }
}

export function noCredentials(code: string): GomeisaError {
  return new GomeisaError('CLOUD_UNUSABLE', `there are no usable credentials of Google Cloud (${code})`, {
    remedy:
      'sign in (gcloud auth application-default login) or set GOOGLE_APPLICATION_CREDENTIALS, then run the same command: it goes on where it was',
  })
}

/** The status by its name: gRPC's number, `error.status` of an answer in JSON, the HTTP status, or the network's code. */
export function codeOf(error: unknown): string {
  const response = member(error, 'response')
  const inner = member(member(response, 'data'), 'error')
  const disabled = JSON.stringify(member(inner, 'details') ?? '').includes('SERVICE_DISABLED')
  const said = member(error, 'details')
  const isSaid = typeof said === 'string' && /SERVICE_DISABLED|has not been used in project/.test(said)
  if (disabled || isSaid) return 'SERVICE_DISABLED'
  const named = member(inner, 'status')
  if (typeof named === 'string') return plainCode(named)
  const http = member(response, 'status')
  if (typeof http === 'number') return BY_HTTP.get(http) ?? `HTTP_${http}`
  const code = member(error, 'code')
  if (typeof code === 'number') return STATUS[code] ?? `CODE_${code}`
  return typeof code === 'string' ? plainCode(code) : 'UNKNOWN'
}

const BY_HTTP: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
])

/** Milliseconds that the answer asks to wait: `Retry-After` in seconds, or `google.rpc.RetryInfo`. */
function waitOf(error: unknown): number | undefined {
  const headers = member(member(error, 'response'), 'headers')
  const after = headers instanceof Headers ? headers.get('retry-after') : member(headers, 'retry-after')
  const seconds = Number(after ?? Number.NaN)
  if (Number.isFinite(seconds)) return Math.min(seconds * 1000, LONGEST)
  const details =
    member(error, 'statusDetails') ??
    member(member(member(member(error, 'response'), 'data'), 'error'), 'details')
  for (const detail of Array.isArray(details) ? (details as readonly unknown[]) : []) {
    const delay = member(detail, 'retryDelay')
    const told =
      typeof delay === 'string' ? Number.parseFloat(delay) : Number(member(delay, 'seconds') ?? Number.NaN)
    const nanos = Number(member(delay, 'nanos') ?? 0)
    if (Number.isFinite(told)) return Math.min(told * 1000 + nanos / 1e6, LONGEST)
  }
  return undefined
}

const LONGEST = 10 * 60_000
