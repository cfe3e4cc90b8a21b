import type { AwsState, ControlLevel, Lists } from '../state.ts'
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
  /** By statement: 1: it is about the action. `undefined`: only `lists` tell. */
  readonly isAbout: Uint8Array | undefined
  readonly indexes: Map<number, readonly number[]>
  /** By document: 0: not known; 1: what it says differs between resources; `SILENT`; else its bits with `KNOWN`. */
  readonly said: Uint8Array
  /** Of documents that say the same about every resource, but not to everybody: their bits with `KNOWN`, by principal. */
  readonly saidTo: Map<number, Uint8Array>
  /** Null: what the policies of the level say differs between resources. */
  readonly levels: Map<ControlLevel, LevelMemo | null>
  /** By the levels of a control, the layers that are the same for everybody and every resource; `undefined` in place of the others. */
  readonly controls: Map<readonly ControlLevel[], readonly (Layer | undefined)[]>
  /** `undefined`: something is fixed besides the action, so that nothing is shared. */
  readonly across: AcrossActions | undefined
}

/** What actions share of which the same statements speak, by those: see `saidTo` and `levels` of `ActionMemo`. */
export interface AcrossActions {
  readonly saidTo: Map<number, Map<string, Uint8Array>>
  readonly levels: Map<ControlLevel, Map<string, LevelMemo>>
}

/**
 * What is worked out of a level of control policies that say the same about every resource, for all actions that the same
 * statements are about: most are under the few statements that are about every action.
 */
export interface LevelMemo {
  /** It says the same to everybody: what is known for `NOBODY` holds for all. */
  readonly isForAll: boolean
  /** By principal. */
  readonly layers: Map<number, Layer>
  readonly hits: Map<number, readonly Hit[]>
}

/** Marks what a document says whatever the resource is, once it is known. */
export const KNOWN = 32
/** Of a document that has no statement about the action. */
export const SILENT = KNOWN | 64

/** Every statement about an action, and by statement the documents that have it. */
export interface About {
  readonly statements: Int32Array
  readonly documents: Lists
}

/** A memory for requests that share their action and context. */
export function actionMemo(state: AwsState, about?: About, across?: AcrossActions): ActionMemo {
  const { documents, statements } = state
  const said = new Uint8Array(documents.single.length)
  const isAbout = about === undefined ? undefined : new Uint8Array(statements.flags.length)
  if (about !== undefined && isAbout !== undefined) mark(isAbout, said, about)
  return {
    lists: new Uint8Array(isAbout === undefined ? statements.lists.offsets.length : 0),
    isAbout,
    indexes: new Map(),
    said,
    saidTo: new Map(),
    levels: new Map(),
    controls: new Map(),
    across,
  }
}

/** Marks the statements that are about the action, and the documents that have none of them. */
function mark(isAbout: Uint8Array, said: Uint8Array, { statements, documents }: About): void {
  said.fill(SILENT)
  for (const statement of statements) {
    isAbout[statement] = 1
    const end = documents.offsets[statement + 1] ?? 0
    for (let i = documents.offsets[statement] ?? 0; i < end; i++) said[documents.items[i] ?? -1] = 0
  }
}
