import type { Control, ControlLevel } from '../state.ts'
import type { Estate } from './estate.ts'
import type { Hit } from './hit.ts'
import type { Layer } from './layer.ts'

/** No principal: what holds whoever asks. */
export const NOBODY = -1

/**
 * What is worked out of an action and what is fixed with it: by list of patterns (1: misses, 2: has it), by document, and
 * what documents say whatever the resource is (see `LayerReader`).
 */
export interface ActionMemo {
  readonly lists: Uint8Array
  readonly indexes: Map<number, readonly number[]>
  /** By document: 1: what it says differs between resources; else its bits with `KNOWN`. */
  readonly said: Uint8Array
  /** Folded layers, and hits, of control policies that say the same about every resource, by principal (`NOBODY`: to all). */
  readonly controls: Map<Control, Map<number, readonly Layer[]>>
  readonly levelHits: Map<ControlLevel, Map<number, readonly Hit[]>>
}

/** What is kept of a control policy or level for a principal, or for all. */
export function recall<K, V>(
  memo: ReadonlyMap<K, ReadonlyMap<number, V>> | undefined,
  key: K,
  principal: number,
): V | undefined {
  const known = memo?.get(key)
  return known?.get(NOBODY) ?? known?.get(principal)
}

export function keep<K, V>(
  memo: Map<K, Map<number, V>> | undefined,
  key: K,
  principal: number,
  value: V,
): void {
  const known = memo?.get(key)
  if (known === undefined) memo?.set(key, new Map([[principal, value]]))
  else known.set(principal, value)
}

/** A memory for requests that share their action and context. */
export function actionMemo(estate: Estate): ActionMemo {
  return {
    lists: new Uint8Array(estate.state.statements.lists.offsets.length),
    indexes: new Map(),
    said: new Uint8Array(estate.state.documents.single.length),
    controls: new Map(),
    levelHits: new Map(),
  }
}
