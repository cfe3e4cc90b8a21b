import type { Gap, Json } from '../../../graph/index.ts'

/** What a command printed instead of an answer. */
export type Refusal =
  | { readonly gap: Gap }
  /** The message is an answer in other words; the JSON text that says the same. */
  | { readonly answer: string }

/** How one cloud's tools say no. */
export interface RefusalReader {
  /** Reads the output of a command; `undefined` when it is no such message. */
  inText(text: string): Refusal | undefined
  /** Reads an error that came as JSON. */
  inJson(root: Json): Refusal | undefined
}
