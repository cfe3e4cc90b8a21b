import type { AuditEntry } from '../audit/record.ts'
import type { Grants } from '../grants/grants.ts'
import type { Decider } from '../../policies/index.ts'
import type { Device } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'
import type { ConnectorRegistry } from './connector-registry.ts'
import type { EvidenceSource } from './evidence-source.ts'
import type { Judge } from './judge.ts'
import type { Offer } from './offer.ts'
import type { AccessRequest, RequestTerms } from './request.ts'
import type { RequestLedger, RequestTransaction } from './request-ledger.ts'

/** What the acts on requests work with. Times are milliseconds. */
export interface RequestsContext {
  readonly ledger: RequestLedger
  readonly grants: Grants
  readonly judge: Judge
  readonly offer: Offer
  readonly decider: Decider
  readonly source: EvidenceSource
  readonly connectors: ConnectorRegistry
  readonly now: () => number
  readonly newId: () => string
  /** How long a request waits, from its asking or its later start on. */
  readonly openFor: number
  /** How often a grant may be made longer. */
  readonly mostExtensions: number
}

export async function requestIn(tx: RequestTransaction, id: string): Promise<AccessRequest> {
  const found = await tx.request(id)
  demand(found !== undefined, 'request-unknown', 'there is no such request')
  return found
}

/** Refuses unless the request still waits. */
export function waiting(request: AccessRequest, now: number): void {
  const state = request.state === 'awaiting' && now >= request.openUntil ? 'expired' : request.state
  demand(state === 'awaiting', 'state-other', `the request does not wait any more: it is ${state}`)
}

/** Writes the next state of a request that was read in this transaction. */
export async function put(tx: RequestTransaction, request: AccessRequest): Promise<AccessRequest> {
  const after = await tx.updateRequest(request)
  if (after !== undefined) return after
  throw new Refusal('state-other', 'somebody else has just changed the request')
}

/** A record about a request; it also names the grant, where there is one. */
export function entry(
  request: RequestTerms & { readonly id: string; readonly grant: string | undefined },
  event: string,
  by: { readonly at: number; readonly actor: string },
  detail: AuditEntry['detail'] = {},
): AuditEntry {
  const { id, person, entitlement, durationSeconds, grant } = request
  const about = { request: id, person, entitlement, durationSeconds }
  return {
    ...by,
    event: `request.${event}`,
    ...(grant !== undefined && { grant }),
    detail: { ...about, ...detail },
  }
}

/** Throws the refusal of a request that is not this device's person's. */
export function ownedBy(
  request: { readonly person: string },
  device: Device,
  what: 'request' | 'grant',
): void {
  // Who asks for somebody else's is told as much as who asks for nothing.
  demand(request.person === device.person, `${what}-unknown`, `there is no such ${what} of yours`)
}
