import { GomeisaError, ownString, type JsonObject } from '../../graph/index.ts'

/** A text field of a plan or a recipe, which a connector wrote itself. Throws `STORE_UNUSABLE` where it is not there. */
export function planned(plan: JsonObject, key: string): string {
  const value = ownString(plan, key)
  if (value !== undefined) return value
  throw new GomeisaError('STORE_UNUSABLE', `a grant's plan or recipe has no \`${key}\``)
}
