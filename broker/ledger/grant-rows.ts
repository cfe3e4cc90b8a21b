import {
  GomeisaError,
  isObject,
  own,
  ownObject,
  ownString,
  type Json,
  type JsonObject,
} from '../../graph/index.ts'
import { GRANT_STATES, type Access, type Grant, type Kept } from '../grants/grant.ts'

/** Grants and accesses as the ledger's documents; one of another form is a damaged ledger, and nothing is assumed. */
const damaged = (what: string): GomeisaError =>
  new GomeisaError('STORE_UNUSABLE', `the ledger is damaged: \`${what}\` has no sound value`)

const KEPT: readonly Kept[] = ['another grant covers it', 'it stood before', 'somebody else gave it']
const ENDS = ['ended', 'revoked', 'failed', 'denied', 'expired'] as const

export const documentOf = (value: object): string => JSON.stringify(value)

/** One document, whose fields are read as what they must be. */
export class Document {
  readonly #object: JsonObject

  constructor(text: string) {
    let value: Json
    try {
      value = JSON.parse(text) as Json
    } catch {
      throw damaged('document')
    }
    if (!isObject(value)) throw damaged('document')
    this.#object = value
  }

  text(key: string): string {
    return ownString(this.#object, key) ?? this.#no(key)
  }

  number(key: string): number {
    const value = own(this.#object, key)
    return typeof value === 'number' ? value : this.#no(key)
  }

  flag(key: string): boolean {
    const value = own(this.#object, key)
    return typeof value === 'boolean' ? value : this.#no(key)
  }

  list(key: string): readonly Document[] {
    const value = own(this.#object, key)
    if (!Array.isArray(value)) return this.#no(key)
    return (value as readonly Json[]).map((each) => new Document(JSON.stringify(each)))
  }

  object(key: string): JsonObject {
    return ownObject(this.#object, key) ?? this.#no(key)
  }

  one<T extends string>(key: string, of: readonly T[]): T {
    const value = this.text(key)
    return of.find((each) => each === value) ?? this.#no(key)
  }

  /** `JSON.stringify` leaves out what is undefined. */
  optional<T>(key: string, read: (key: string) => T): T | undefined {
    return own(this.#object, key) === undefined ? undefined : read(key)
  }

  #no(key: string): never {
    throw damaged(key)
  }
}

export function grantOf(text: string): Grant {
  const row = new Document(text)
  return {
    id: row.text('id'),
    person: row.text('person'),
    entitlement: row.text('entitlement'),
    connector: row.text('connector'),
    access: row.text('access'),
    reason: row.text('reason'),
    by: row.text('by'),
    plan: row.object('plan'),
    recipe: row.object('recipe'),
    startsAt: row.number('startsAt'),
    deadline: row.number('deadline'),
    issuedUntil: row.optional('issuedUntil', (key) => row.number(key)),
    state: row.one('state', GRANT_STATES),
    endsAs: row.one('endsAs', ENDS),
    kept: row.optional('kept', (key) => row.one(key, KEPT)),
    generation: row.number('generation'),
    failures: row.number('failures'),
    trouble: row.optional('trouble', (key) => row.text(key)),
    dueAt: row.number('dueAt'),
    externallyModified: row.flag('externallyModified'),
    uncertain: row.flag('uncertain'),
    killed: row.flag('killed'),
    version: row.number('version'),
  }
}

export function accessOf(text: string): Access {
  const row = new Document(text)
  return {
    key: row.text('key'),
    stoodBefore: row.optional('stoodBefore', (key) => row.flag(key)),
    unsettledUntil: row.number('unsettledUntil'),
    removalUntil: row.number('removalUntil'),
    holder: row.optional('holder', (key) => row.text(key)),
    heldUntil: row.number('heldUntil'),
    fence: row.number('fence'),
  }
}
