import { isObject, own, ownString } from '../../../graph/index.ts'
import type { Outcome } from '../../grants/connector.ts'
import { plainCode } from '../plain-code.ts'

/** The name that Google gives an error (google.rpc.Code), else that of HTTP or the network: never a message, which may quote a request. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const response = 'response' in error ? error.response : undefined
  const code = statusIn(response) ?? ('code' in error ? error.code : undefined) ?? error.name
  const text = typeof code === 'string' || typeof code === 'number' ? String(code) : 'UNKNOWN'
  return plainCode(text)
}

function statusIn(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null) return undefined
  const data: unknown = 'data' in response ? response.data : undefined
  const said = isObject(data) ? own(data, 'error') : undefined
  const name = isObject(said) ? ownString(said, 'status') : undefined
  if (name !== undefined) return name
  return 'status' in response && typeof response.status === 'number' ? `HTTP-${response.status}` : undefined
}

/** Codes by which Google says that it did nothing, and would do nothing the next time either. */
const REFUSED = new Set([
  'INVALID_ARGUMENT',
  'FAILED_PRECONDITION',
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'UNAUTHENTICATED',
])

export const isAbsent = (error: unknown): boolean => codeOf(error) === 'NOT_FOUND'

/** Somebody else has written the policy since it was read: HTTP 409, nothing was written. */
export const isConflict = (error: unknown): boolean => /^(?:ABORTED|HTTP-409)$/.test(codeOf(error))

/** What a failed change means: `refused` only where Google has surely done nothing. */
export function failed(doing: string, error: unknown): Outcome {
  const code = codeOf(error)
  return { kind: REFUSED.has(code) ? 'refused' : 'uncertain', why: `${doing}: ${code}` }
}
