import { createHash } from 'node:crypto'
import { canonicalJson, isObject, own, ownString, type Json, type JsonObject } from '../../graph/index.ts'
import { withoutSecrets } from './without-secrets.ts'

/** What happened, before it has a place in the log. */
export interface AuditEntry {
  /** Milliseconds since 1970 on the broker's clock. */
  readonly at: number
  /** Who did it: the stable id of a person, or `broker` for what it does by itself. */
  readonly actor: string
  /** One word each for subject and act: `grant.intended`. Stable. */
  readonly event: string
  readonly grant?: string
  readonly detail: JsonObject
}

/** One line of the log. `hash` is over everything but itself and the signature, so it also holds what came before. */
export interface AuditRecord {
  /** From 1, without holes. */
  readonly seq: number
  /** Hash of the record before; `GENESIS` for the first. */
  readonly previous: string
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string
  readonly actor: string
  readonly event: string
  readonly grant: string | null
  readonly detail: JsonObject
  /** SHA-256 in 64 hexadecimal digits. */
  readonly hash: string
  /** Ed25519 over the hash (base64): on checkpoints only. */
  readonly signature?: string
}

/** The end of a log: what the next record follows. */
export interface AuditHead {
  readonly seq: number
  readonly hash: string
}

export const GENESIS: AuditHead = { seq: 0, hash: '0'.repeat(64) }
export const CHECKPOINT = 'audit.checkpoint'

/** SHA-256 over the canonical form (RFC 8785) of a record without `hash` and `signature`. */
export function recordHash(record: Omit<AuditRecord, 'hash' | 'signature'>): string {
  const { seq, previous, at, actor, event, grant, detail } = record
  const text = canonicalJson({ seq, previous, at, actor, event, grant, detail })
  return createHash('sha256').update(text).digest('hex')
}

/** The entry as the record that follows `head`. What looks like a secret is left out of it. */
export function follow(head: AuditHead, entry: AuditEntry): AuditRecord {
  const body = {
    seq: head.seq + 1,
    previous: head.hash,
    at: new Date(entry.at).toISOString(),
    actor: entry.actor.toWellFormed(),
    event: entry.event,
    grant: entry.grant ?? null,
    detail: withoutSecrets(entry.detail) as JsonObject,
  }
  return { ...body, hash: recordHash(body) }
}

/** The line of a record in JSON Lines, without the line end: its canonical form, so every byte of it counts. */
export function recordLine(record: AuditRecord): string {
  const { seq, previous, at, actor, event, grant, detail, hash, signature } = record
  return canonicalJson({ seq, previous, at, actor, event, grant, detail, hash, signature })
}

/** The record that a line holds; undefined when it is none, or not written as `recordLine` writes it. */
export function readRecord(line: string): AuditRecord | undefined {
  let value: Json
  try {
    value = JSON.parse(line) as Json
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  const [seq, grant, detail] = [own(value, 'seq'), own(value, 'grant'), own(value, 'detail')]
  const [previous, at, actor, event, hash] = ['previous', 'at', 'actor', 'event', 'hash'].map((key) =>
    ownString(value, key),
  )
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || !isObject(detail)) return undefined
  if (grant !== null && typeof grant !== 'string') return undefined
  if (previous === undefined || at === undefined || actor === undefined) return undefined
  if (event === undefined || hash === undefined) return undefined
  const signature = ownString(value, 'signature')
  const record = { seq, previous, at, actor, event, grant, detail, hash, ...(signature && { signature }) }
  return recordLine(record) === line ? record : undefined
}
