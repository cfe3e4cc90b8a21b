import { GomeisaError } from '../../graph/index.ts'

/** The entitlement of that id. Throws `NOT_FOUND`. */
export function known<T>(all: ReadonlyMap<string, T>, id: string): T {
  const found = all.get(id)
  if (found !== undefined) return found
  throw new GomeisaError('NOT_FOUND', `no entitlement of this connector is called \`${id}\``)
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
