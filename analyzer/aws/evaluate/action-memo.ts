import type { Control, ControlLevel } from '../state.ts'
import type { Estate } from './estate.ts'
import type { Hit } from './hit.ts'
import type { Layer } from './layer.ts'

/**
 * What is worked out of an action and what is fixed with it: by list of patterns (1: misses, 2: has it), by document, and
 * what documents say whatever the resource is (see `LayerReader`).
 */
export interface ActionMemo {
  readonly lists: Uint8Array
  readonly indexes: Map<number, readonly number[]>
  /** By document: 1: what it says differs between resources; else its bits with `KNOWN`. */
  readonly said: Uint8Array
  /** Folded layers, and hits, of control policies that say the same to everybody about every resource. */
  readonly controls: Map<Control, readonly Layer[]>
  readonly levelHits: Map<ControlLevel, readonly Hit[]>
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
