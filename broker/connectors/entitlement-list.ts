import { GomeisaError } from '../../graph/index.ts'
import type { GrantTerms } from '../grants/connector.ts'

/** The entitlement of that id. Throws `NOT_FOUND`. */
export function known<T>(all: ReadonlyMap<string, T>, id: string): T {
  const found = all.get(id)
  if (found !== undefined) return found
  throw new GomeisaError('NOT_FOUND', `no entitlement of this connector is called \`${id}\``)
}

/** Where an entitlement names the accounts of people, and what these are called. */
interface Accounts {
  readonly list: string
  readonly kind: string
  readonly of: ReadonlyMap<string, string>
}

/** The account of the person that the terms are for: there is no guessing by name. Throws `NOT_FOUND`. */
export function accountFor({ entitlement, person }: GrantTerms, { list, kind, of }: Accounts): string {
  const found = of.get(person)
  if (found !== undefined) return found
  throw new GomeisaError('NOT_FOUND', `\`${entitlement}\` names no ${kind} for this person`, {
    remedy: `add the person to \`${list}\` of the entitlement`,
  })
}

/** Entitlements by id. Throws `INPUT_DUPLICATE` for an id that stands twice. */
export function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  const made = new Map(all.map((each) => [each.id, each]))
  if (made.size === all.length) return made
  throw new GomeisaError('INPUT_DUPLICATE', 'two entitlements have one id')
}

/** Throws `INPUT_SHAPE` with what an entitlement should be, where it does not hold. */
export function must(holds: boolean, id: string, should: string): void {
  if (!holds) throw new GomeisaError('INPUT_SHAPE', `entitlement \`${id}\`: ${should}`)
}
