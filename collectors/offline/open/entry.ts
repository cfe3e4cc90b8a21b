import type { Instant } from '../../../graph/index.ts'

/** One file, or one file inside an archive, as bytes. */
export interface Entry {
  /** The path as given by the person, `!entry` for each archive around it. For display only: nothing is opened by it. */
  readonly origin: string
  readonly bytes: Uint8Array
  /** When it was last modified, as far as the file system or the archive says. */
  readonly modified?: Instant
}

/** Something that was found and not read as an export, and why. */
export interface Ignored {
  readonly origin: string
  readonly why: string
}

export function isIgnored(found: Entry | Ignored): found is Ignored {
  return 'why' in found
}

/** A time in milliseconds since 1970 as an instant of whole seconds; `undefined` for none that a calendar has. */
export function instantOf(milliseconds: number): Instant | undefined {
  if (!Number.isFinite(milliseconds) || milliseconds < 0 || milliseconds > MAX_TIME) return undefined
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z') as Instant
}

const MAX_TIME = Date.UTC(9999, 0)
