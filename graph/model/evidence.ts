import type { NonEmpty } from './brand.ts'

/**
 * A place in what was seen: which source of the snapshot, and where in it.
 * `pointer` is a JSON pointer (RFC 6901) into the source's document; of JSON Lines and CSV its first step is
 * the zero-based number of the line or record. File, line and call are looked up from it when they are shown.
 */
export interface SourceRef {
  readonly source: number
  readonly pointer: string
}

/** Where a fact comes from: seen in a record, or derived by a named rule from other facts. */
export type Derivation =
  | { readonly type: 'observed'; readonly at: SourceRef; readonly says: string }
  | {
      readonly type: 'derived'
      readonly rule: string
      readonly says: string
      readonly from: NonEmpty<Derivation>
    }

export type Evidence = NonEmpty<Derivation>

export function observed(at: SourceRef, says: string): Derivation {
  return { type: 'observed', at, says }
}

export function derived(rule: string, says: string, from: Evidence): Derivation {
  return { type: 'derived', rule, says, from }
}
