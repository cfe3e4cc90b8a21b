import { isObject, own, ownList, ownString, type JsonObject } from '../../graph/index.ts'
import type { AuditRecord } from '../audit/record.ts'
import { hasEnded, type Grant } from '../grants/grant.ts'

/** Whom a kill is about: a grant by its id, a device by its id, a person by the name of their devices. */
export const KILL_KINDS = ['person', 'device', 'grant'] as const
export interface KillAim {
  readonly kind: (typeof KILL_KINDS)[number]
  readonly id: string
}

/**
 * What is left of one grant. `removing`: it still may be there. `failing`: the cloud does not do it, and is asked for ever.
 * `gone`: the cloud was seen without it. `untouched`: it never reached a cloud. `kept`: the access stays, `why` says for whom.
 * `uncertain`: somebody closed it by force, and nobody knows.
 */
export const LEFT = ['removing', 'failing', 'gone', 'untouched', 'kept', 'uncertain'] as const

export interface KilledGrant {
  readonly grant: Grant
  readonly left: (typeof LEFT)[number]
  /** The cloud confirmed that live use is denied, ahead of the removal. */
  readonly useStopped: boolean
  readonly why: string | undefined
  /** The record that says `gone`: number, hash and time (milliseconds since 1970). */
  readonly proof: { readonly record: number; readonly hash: string; readonly at: number } | undefined
  /** From when on, by the cloud's own word, nothing is accepted any more: usually, at worst. Milliseconds since 1970. */
  readonly deadBy: { readonly usually: number; readonly worst: number } | undefined
  /** What may live on until then, beside what the cloud takes to hear of it. */
  readonly residual: string | undefined
}

export interface KillReport {
  /** Number of the audit record of the order. */
  readonly id: number
  readonly aim: KillAim
  readonly reason: string
  readonly by: string
  readonly at: number
  /** The lock that was set; undefined for a single grant. */
  readonly lock: string | undefined
  readonly grants: readonly KilledGrant[]
}

export const ORDERED = 'kill.ordered'

/** The order in a record of the log; undefined for any other record. */
export function orderIn(record: AuditRecord): (Omit<KillReport, 'grants'> & Scope) | undefined {
  if (record.event !== ORDERED) return undefined
  const { detail } = record
  const kind = KILL_KINDS.find((each) => each === ownString(detail, 'kind'))
  const [id, reason] = [ownString(detail, 'target'), ownString(detail, 'reason')]
  const from = own(detail, 'from')
  if (kind === undefined || id === undefined || typeof from !== 'number') return undefined
  const ids = ownList(detail, 'grants').filter((each) => typeof each === 'string')
  const about = { id: record.seq, aim: { kind, id }, reason: reason ?? '', by: record.actor }
  return { ...about, at: Date.parse(record.at), lock: ownString(detail, 'lock'), ids, from }
}

/** The grants of an order, and the number of the last record before it. */
interface Scope {
  readonly ids: readonly string[]
  readonly from: number
}

/** What is left of a grant, by the grant itself and the records about it since the order. */
export function leftOf(grant: Grant, records: readonly AuditRecord[]): KilledGrant {
  const own = records.filter((each) => each.grant === grant.id)
  const useStopped = own.some(({ event }) => event === 'grant.use-stopped')
  const open = { grant, useStopped, proof: undefined, deadBy: undefined, residual: undefined }
  if (!hasEnded(grant.state)) {
    const failing = grant.state === 'revoke-failing'
    return { ...open, left: failing ? 'failing' : 'removing', why: grant.trouble }
  }
  if (grant.state === 'closed') return { ...open, left: 'uncertain', why: 'it was closed by force' }
  if (grant.kept !== undefined) return { ...open, left: 'kept', why: grant.kept }
  const end = own.findLast(({ event }) => event === `grant.${grant.state}`)
  const promise = isObject(end?.detail) ? end.detail : {}
  if (end === undefined || ownString(promise, 'verified') === undefined)
    return { ...open, left: 'untouched', why: undefined }
  const at = Date.parse(end.at)
  const deadBy = { usually: at + secondsIn(promise, 'usually'), worst: at + secondsIn(promise, 'worst') }
  const proof = { record: end.seq, hash: end.hash, at }
  return { ...open, left: 'gone', why: undefined, proof, deadBy, residual: ownString(promise, 'residual') }
}

function secondsIn(detail: JsonObject, name: 'usually' | 'worst'): number {
  const value = own(detail, `${name}Seconds`)
  return typeof value === 'number' ? value * 1000 : 0
}
