import { createHash, randomBytes } from 'node:crypto'
import type { Milliseconds } from '../devices/device.ts'
import { Refusal } from '../refusal.ts'
import type { PeopleStore } from './people-store.ts'
import type { OnceKind } from './person.ts'

/** 256 bits of chance, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
/** What is stored of a secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Keeps `fields` under a new secret, which is given back. */
export function keepOnce(
  store: PeopleStore,
  kind: OnceKind,
  fields: Readonly<Record<string, string>>,
  expiresAt: Milliseconds,
  secret = newSecret(),
): string {
  store.keep({ kind, hash: hashOf(secret), fields, expiresAt })
  return secret
}

/** The fields that were kept under `secret`, spent from now on; otherwise refuses. */
export function takeOnce(store: PeopleStore, kind: OnceKind, secret: string, now: Milliseconds): OnceFields {
  const spent = store.spend(kind, hashOf(secret), now)
  if (typeof spent !== 'string') return new OnceFields(spent.fields)
  switch (spent) {
    case 'spent':
      throw new Refusal('used-before', 'this was used before, and is good once only')
    case 'expired':
      throw new Refusal('too-late', 'this took too long; begin again')
    case 'unknown':
      throw new Refusal('session-unknown', 'this is unknown here')
  }
}

/** The fields under `secret` without spending them; otherwise refuses. */
export function lookAtOnce(
  store: PeopleStore,
  kind: OnceKind,
  secret: string,
  now: Milliseconds,
): OnceFields {
  const found = store.peek(kind, hashOf(secret), now)
  if (found === undefined) throw new Refusal('session-unknown', 'this is unknown, was used, or took too long')
  return new OnceFields(found.fields)
}

/** Fields by name; one that is missing is a bug or a damaged ledger, and refuses. */
export class OnceFields {
  readonly #fields: Readonly<Record<string, string>>

  constructor(fields: Readonly<Record<string, string>>) {
    this.#fields = fields
  }

  text(name: string): string {
    const value = this.optional(name)
    if (value === undefined) throw new Refusal('session-unknown', 'this is not complete')
    return value
  }

  /** To keep them under another secret. */
  all(): Readonly<Record<string, string>> {
    return this.#fields
  }

  optional(name: string): string | undefined {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }

  time(name: string): Milliseconds {
    return Number(this.text(name))
  }
}
