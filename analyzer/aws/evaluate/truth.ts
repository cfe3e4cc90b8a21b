/**
 * What is known of a proposition. `IF`: it holds under conditions of the request that an export cannot tell.
 * `UNKNOWN`: a fact is missing. Plain numbers, because whole estates are folded over them.
 */
export type Truth = 0 | 1 | 2 | 3
export const FALSE = 0
export const TRUE = 1
export const IF = 2
export const UNKNOWN = 3

/** False if one is false; else as unsure as its most unsure part. */
export function and(a: Truth, b: Truth): Truth {
  if (a === FALSE || b === FALSE) return FALSE
  return a > b ? a : b
}

/** True if one is true; else as unsure as its most unsure part. */
export function or(a: Truth, b: Truth): Truth {
  if (a === TRUE || b === TRUE) return TRUE
  return a > b ? a : b
}

export function not(a: Truth): Truth {
  return a === FALSE ? TRUE : a === TRUE ? FALSE : a
}
