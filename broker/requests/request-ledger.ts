import type { GrantLedger, GrantTransaction } from '../grants/grant-ledger.ts'
import type { AccessRequest } from './request.ts'

/** A transaction over grants and requests: a request and the grant that it becomes are written together or not at all. */
export interface RequestTransaction extends GrantTransaction {
  request(id: string): Promise<AccessRequest | undefined>
  /** Refuses an id that is taken (`STORE_UNUSABLE`). */
  insertRequest(request: AccessRequest): Promise<void>
  /** Writes it with the next version and gives it back. Undefined, and nothing written, when `version` is not the present one. */
  updateRequest(request: AccessRequest): Promise<AccessRequest | undefined>
  /** Those in state `awaiting`, oldest first. */
  openRequests(): Promise<readonly AccessRequest[]>
  /** Of a person, newest first. */
  requestsOf(person: string, limit: number): Promise<readonly AccessRequest[]>
  /** Those that made or extended the grant, newest first. */
  requestsOfGrant(grant: string): Promise<readonly AccessRequest[]>
}

/** The broker's memory of requests, in one ledger with the grants. Throws `STORE_UNUSABLE` when it cannot answer. */
export interface RequestLedger extends GrantLedger {
  transact<T>(work: (tx: RequestTransaction) => Promise<T>): Promise<T>
}
