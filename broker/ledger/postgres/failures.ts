import { DatabaseError } from 'pg'
import { GomeisaError } from '../../../graph/index.ts'

/** The connection is gone, or the server wants the work again: nothing of the transaction was written. */
export class ConnectionLost extends GomeisaError {}

/**
 * Classes and codes after which the same work may succeed (PostgreSQL's appendix A): connection exceptions, operator
 * intervention, resources, serialization failures and deadlocks, locks not had in
 * time, statements and idle transactions that took too long.
 */
const PASSING = /^(?:08|57P|53|40)|^(?:55P03|25P03|57014)$/

/** What failed, as the ledger says it. Takes nothing but the server's message and its code: not the statement, its values or the address. */
export function failure(place: string, cause: unknown): GomeisaError {
  if (cause instanceof GomeisaError) return cause
  if (cause instanceof DatabaseError && !PASSING.test(cause.code ?? '')) {
    return unusable(place, `${cause.message} (SQLSTATE ${cause.code ?? 'unknown'})`)
  }
  const { message, remedy } = unusable(
    place,
    cause instanceof Error ? cause.message || cause.name : 'it is gone',
  )
  return new ConnectionLost('STORE_UNUSABLE', message, { ...(remedy !== undefined && { remedy }) })
}

export const unusable = (place: string, why: string): GomeisaError =>
  new GomeisaError('STORE_UNUSABLE', `the ledger in PostgreSQL at \`${place}\` cannot be used: ${why}`, {
    remedy: 'check that the server runs, its address, the password, and the rights of the user',
  })
