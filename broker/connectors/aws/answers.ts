import type { Outcome } from '../../grants/connector.ts'
import { plainCode } from '../plain-code.ts'

/** The code of an error of the SDK or of the network: never its message, which may quote a request. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'Unknown'
  const name = error.name === 'Error' || error.name === 'AggregateError' ? code : error.name
  return plainCode(name)
}

/** Codes by which AWS says that it did nothing, and would do nothing the next time either. */
const REFUSED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedException',
  'ValidationError',
  'ValidationException',
  'MalformedPolicyDocument',
  'MalformedPolicyDocumentException',
  'PackedPolicyTooLarge',
  'PackedPolicyTooLargeException',
  'NoSuchEntity',
  'NoSuchEntityException',
  'ResourceNotFoundException',
  'LimitExceeded',
  'LimitExceededException',
  'ServiceQuotaExceededException',
  'UnmodifiableEntity',
  'UnmodifiableEntityException',
])
const ABSENT = /^(?:NoSuchEntity|ResourceNotFound)(?:Exception)?$/

export const isAbsent = (error: unknown): boolean => ABSENT.test(codeOf(error))

/** What a failed change means: `refused` only where AWS has surely done nothing. */
export function failed(doing: string, error: unknown): Outcome {
  const code = codeOf(error)
  return { kind: REFUSED.has(code) ? 'refused' : 'uncertain', why: `${doing}: ${code}` }
}

/** A look that failed after a change was asked for: whether it took effect is not known, whatever the code. */
export const unread = (doing: string, error: unknown): Outcome => ({
  kind: 'uncertain',
  why: `${doing}: ${codeOf(error)}`,
})
