/**
 * A context key of a request: its values, `undefined` where the request does not have the key, `UNKNOWN` where it is not
 * known whether it has it and with which values.
 */
export type ContextValue = readonly string[] | typeof UNKNOWN | undefined

export const UNKNOWN = 'unknown'

/** Where the values of context keys come from: a line, or the columns of an estate. Keys are folded to lower case. */
export interface ContextLookup {
  value(key: string): ContextValue
}

/** No value, or nothing but empty ones: "a null dataset, such as an empty string" (set operators and `Null`). */
export function isNullDataset(values: readonly string[]): boolean {
  return values.every((value) => value === '')
}
