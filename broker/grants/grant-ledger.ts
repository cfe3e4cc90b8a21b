import type { AuditEntry, AuditHead, AuditRecord } from '../audit/record.ts'
import type { Access, Grant } from './grant.ts'

/**
 * What one transaction of the ledger can do. Everything in it becomes durable together or not at all, and it sees no other
 * transaction half done. Reads after writes see the writes.
 */
export interface GrantTransaction {
  grant(id: string): Promise<Grant | undefined>
  /** Refuses an id that is taken (`STORE_UNUSABLE`). */
  insert(grant: Grant): Promise<void>
  /** Writes the grant with the next version and gives it back. Undefined, and nothing written, when `grant.version` is not the present one. */
  update(grant: Grant): Promise<Grant | undefined>
  /** Grants that have not ended and share an access. */
  living(access: string): Promise<readonly Grant[]>
  /** Ids of grants to be looked at, the longest due first. */
  due(now: number, limit: number): Promise<readonly string[]>
  /** All grants, or those of a person, newest start first. */
  grants(person?: string): Promise<readonly Grant[]>
  access(key: string): Promise<Access | undefined>
  putAccess(access: Access): Promise<void>
  dropAccess(key: string): Promise<void>
  /** How far the notes of a source are in the log; 0 for one that is not known. */
  noted(source: string): Promise<number>
  putNoted(source: string, seq: number): Promise<void>
  /** Adds to the log: durable with the rest of the transaction, or not at all. */
  audit(entry: AuditEntry): Promise<void>
}

/** The broker's memory of grants. Throws `STORE_UNUSABLE` when it cannot answer: then nothing is issued. */
export interface GrantLedger {
  /**
   * Runs the work as one transaction, durable when the promise is fulfilled; when the work throws, nothing was written. The work
   * awaits nothing but the transaction, and may be run again when transactions collide.
   */
  transact<T>(work: (tx: GrantTransaction) => Promise<T>): Promise<T>
  auditHead(): Promise<AuditHead>
  /** Records from `seq` on, at most `limit`. */
  auditRecords(seq: number, limit: number): Promise<readonly AuditRecord[]>
  /** Signs the end of the log, unless it is signed. */
  checkpoint(at: number): Promise<AuditHead>
  close(): Promise<void>
}
