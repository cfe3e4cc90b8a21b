import { isObject, own, ownString } from '../../graph/index.ts'
import type { Once, OnceKind, Passkey, Person, Session } from '../people/person.ts'
import type { PresenceRecord } from '../people/presence-record.ts'
import type { Row } from './database.ts'
import { bytes, damaged, number, optionalNumber, optionalText, text } from './rows.ts'

function oneOf<T extends string>(row: Row, column: string, allowed: readonly T[]): T {
  const value = text(row, column)
  const found = allowed.find((each) => each === value)
  if (found === undefined) throw damaged(column)
  return found
}

export function personOf(row: Row): Person {
  return {
    name: text(row, 'name'),
    kind: oneOf(row, 'kind', ['member', 'break-glass']),
    subject: optionalText(row, 'subject'),
    addedAt: number(row, 'added_at'),
  }
}

export function passkeyOf(row: Row): Passkey {
  return {
    id: text(row, 'id'),
    person: text(row, 'person'),
    place: oneOf(row, 'place', ['desk', 'phone']),
    rpId: text(row, 'rp_id'),
    cose: bytes(row, 'cose'),
    spki: bytes(row, 'spki'),
    algorithm: number(row, 'algorithm'),
    counter: number(row, 'counter'),
    custody: oneOf(row, 'custody', ['device-bound', 'synced']),
    backedUp: number(row, 'backed_up') === 1,
    aaguid: text(row, 'aaguid'),
    addedAt: number(row, 'added_at'),
    revokedAt: optionalNumber(row, 'revoked_at'),
    revokedBecause: optionalText(row, 'revoked_because'),
  }
}

export function sessionOf(row: Row): Session {
  return {
    hash: text(row, 'hash'),
    person: text(row, 'person'),
    device: text(row, 'device'),
    login: oneOf(row, 'login', ['provider', 'break-glass']),
    subject: optionalText(row, 'subject'),
    sid: optionalText(row, 'sid'),
    acr: optionalText(row, 'acr'),
    begunAt: number(row, 'begun_at'),
    endsAt: number(row, 'ends_at'),
    endedAt: optionalNumber(row, 'ended_at'),
    endedBecause: optionalText(row, 'ended_because'),
  }
}

const ONCE_KINDS: readonly OnceKind[] = [
  'login',
  'confirm',
  'finish',
  'break-glass',
  'passkey-leave',
  'presence',
]

export function onceOf(row: Row): Once & { readonly spentAt: number | undefined } {
  const fields: unknown = JSON.parse(text(row, 'fields'))
  if (!isObject(fields)) throw damaged('fields')
  const entries = Object.keys(fields).map((key) => {
    const value = ownString(fields, key)
    if (value === undefined) throw damaged('fields')
    return [key, value] as const
  })
  return {
    kind: oneOf(row, 'kind', ONCE_KINDS),
    hash: text(row, 'hash'),
    fields: Object.fromEntries(entries),
    expiresAt: number(row, 'expires_at'),
    spentAt: optionalNumber(row, 'spent_at'),
  }
}

/** Written by this store only; whoever uses a presence verifies its signature, so the form is looked at only roughly. */
export function presenceOf(row: Row): PresenceRecord {
  const record: unknown = JSON.parse(text(row, 'record'))
  if (!isObject(record) || own(record, 'version') !== 1 || ownString(record, 'id') !== row['id']) {
    throw damaged('record')
  }
  return { proximity: undefined, ...(record as object) } as unknown as PresenceRecord
}
