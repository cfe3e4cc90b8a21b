import type { JsonObject, SourceKind } from '../../graph/index.ts'

/** One row of a table of calls that answer in pages: everything a collector of that kind ever asks is one of these. */
export interface PageCall {
  /** As the wrapper of its answers names it: `service:method`. */
  readonly name: string
  /** What the collector must be allowed. */
  readonly permissions: readonly string[]
  /** The quota that it draws on. */
  readonly lane: string
  /** Where it is asked, for people: `once`, `each project`. */
  readonly place: string
  /** Calls whose answers it is made for; none for one that the collection begins with. */
  readonly after?: readonly Following[]
  /** Parameters that the collection begins with; none when it is made after others only. */
  readonly starts?: (scope: string) => readonly JsonObject[]
  /** The kind of source that its answers become; none when they only lead on. */
  readonly yields?: SourceKind
  /** Under which name a page keeps its rows. */
  readonly rows: string
  /** What a row is the one record of; a later row of the same is left out, for a listing may move while it is read. */
  readonly id?: (row: JsonObject) => string | undefined
  /** What is not known when it is refused: `Gap.what`, and in words. */
  readonly gap: string
  readonly lost: string
  /** Codes that mean that there is none: an answer. */
  readonly absent?: readonly string[]
  /** Of what it asks: the scope of a gap. */
  readonly about: (parameters: JsonObject) => string
  /** Parameters that its wrapper shows; all unless told. */
  readonly shows?: readonly string[]
  /** What is kept of a page, before it is written anywhere; everything unless told. */
  readonly keep?: (page: JsonObject) => JsonObject
  /** Whether a finished page becomes part of the snapshot; it does unless told. */
  readonly isSaid?: (page: JsonObject) => boolean
}

/** What to ask next, given a page of another call and what was asked there. */
export interface Following {
  readonly call: string
  readonly each: string
  readonly targets: (page: JsonObject, parameters: JsonObject) => readonly JsonObject[]
}

/** A page of an answer, and how the next is asked for. */
export interface Page {
  readonly body: JsonObject
  readonly next: string | undefined
}

/** What a failed call means. */
export type Failure =
  /** Too fast; `wait` milliseconds were asked for. */
  | { readonly is: 'throttled'; readonly code: string; readonly wait: number | undefined }
  /** Something that may be over in a moment. */
  | { readonly is: 'passing'; readonly code: string }
  /** The cloud's answer: no. */
  | { readonly is: 'refused'; readonly code: string }
  /** Nothing can be asked any more. */
  | { readonly is: 'over'; readonly error: Error }

/** How one cloud is asked. */
export interface Sender<Call extends PageCall> {
  send(call: Call, parameters: JsonObject, next: string | undefined): Promise<Page>
  failure(error: unknown): Failure
}
