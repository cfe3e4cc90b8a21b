import { listAt } from '../model/intern.ts'
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
  readonly indexes: Map<number, readonly number[]>
  /** By document: 0: not known; 1: what it says differs between resources; `SILENT`; else its bits with `KNOWN`. */
  readonly said: Uint8Array
  /** Of documents that say the same about every resource, but not to everybody: their bits with `KNOWN`, by principal. */
  readonly saidTo: Map<number, Uint8Array>
  /** Null: what the policies of the level say differs between resources. */
  readonly levels: Map<ControlLevel, LevelMemo | null>
  /** Absent: something is fixed besides the action, so that nothing is shared. */
  readonly across?: AcrossActions
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
  readonly statements: readonly number[]
  readonly documents: Lists
}

/** A memory for requests that share their action and context. */
export function actionMemo(state: AwsState, about?: About, across?: AcrossActions): ActionMemo {
  const { documents, statements } = state
  const memo: ActionMemo = {
    lists: new Uint8Array(statements.lists.offsets.length),
    indexes: new Map(),
    said: new Uint8Array(documents.single.length),
    saidTo: new Map(),
    levels: new Map(),
    ...(across === undefined ? {} : { across }),
  }
  if (about !== undefined) fill(memo, about, documents.statements)
  return memo
}

/** Marks the documents that are silent, and finds the places of the statements in the others. */
function fill({ said, indexes }: ActionMemo, about: About, { offsets, items }: Lists): void {
  const isAbout = new Set(about.statements)
  said.fill(SILENT)
  for (const statement of about.statements) {
    for (const document of listAt(about.documents, statement)) {
      if (said[document] !== SILENT) continue
      said[document] = 0
      const start = offsets[document] ?? 0
      const end = offsets[document + 1] ?? 0
      const places: number[] = []
      for (let i = start; i < end; i++) if (isAbout.has(items[i] ?? -1)) places.push(i - start)
      indexes.set(document, places.length === 1 ? single(places[0] ?? 0) : places)
    }
  }
}

/** Most documents have one statement about an action, and all of those share their lists. */
const SINGLES: (readonly number[])[] = []

function single(place: number): readonly number[] {
  return (SINGLES[place] ??= [place])
}
