declare const brand: unique symbol

/** A value that cannot be confused with another of the same representation: `Brand<string, 'NodeId'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** A list with at least one element: evidence and missing facts are never empty. */
export type NonEmpty<T> = readonly [T, ...T[]]

/** Narrows a list to one with at least one element. */
export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0
}
