import { GomeisaError } from '../../../graph/index.ts'
import type { Observed, Outcome } from '../../grants/connector.ts'
import { plainCode } from '../plain-code.ts'
import type { Answer } from './microsoft-rest.ts'

/** A name for what stopped a call: never a message, which may quote a request. */
export function codeOf(error: unknown): string {
  if (error instanceof GomeisaError) return error.message
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { cause } = error
  const network = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return plainCode(typeof network === 'string' ? network : error.name)
}

/** Statuses by which Azure says that it did nothing, and would do nothing the next time either. */
const REFUSED = new Set([400, 401, 403, 404, 405, 413, 422])

/** What an answer means that is an error: `refused` only where Azure has surely done nothing. */
export const failed = (doing: string, { status, code }: Answer): Outcome => ({
  kind: REFUSED.has(status) ? 'refused' : 'uncertain',
  why: `${doing}: ${plainCode(code)}`,
})

/** The same where no answer came. */
export const lost = (doing: string, error: unknown): Outcome => ({
  kind: 'uncertain',
  why: `${doing}: ${codeOf(error)}`,
})

export const unread = (code: string): Observed => ({
  kind: 'unknown',
  why: `what there is could not be read: ${plainCode(code)}`,
})

/**
 * Codes by which Azure says that a thing is not there, or what it would be on. A subscription that is not found may only be one of
 * another tenant than the broker's credentials.
 */
const ABSENT = new Set([
  'RoleAssignmentNotFound',
  'ResourceGroupNotFound',
  'ResourceNotFound',
  'ParentResourceNotFound',
])
export const isAbsent = ({ status, code }: Answer): boolean => status === 404 && ABSENT.has(code)
