import type { JsonObject } from '../../graph/index.ts'
import type { GrantLedger } from '../grants/grant-ledger.ts'
import type { AuditEntry } from './record.ts'

/** Who changes something, and when (milliseconds since 1970). */
export interface About {
  readonly by: string
  readonly at: number
}

/**
 * A change beside the grants (devices, locks, trust, people, configuration), written in the same transaction as what it
 * tells of. It becomes a record of the log from there.
 */
export interface Note {
  /** From 1, rising; the order in which they were written. */
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly event: string
  readonly detail: JsonObject
}

/** Where notes are kept. */
export interface NoteSource {
  /** Names this source among those of other brokers, for good. */
  notesId(): string
  /** Those after `seq`, at most `limit`, in their order. */
  notes(seq: number, limit: number): readonly Note[]
  /** Writes one of its own, with nothing beside it. */
  note(entry: Omit<AuditEntry, 'grant'>): void
}

const PAGE = 100
/** Milliseconds between two looks for new notes. */
const LOOK_EVERY = 250

/** Adds notes to the log as they come, until it is stopped. Rejects when one of both cannot be used any more. */
export async function keepChained(
  source: NoteSource,
  ledger: GrantLedger,
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let upTo = await chainNotes(source, ledger)
  while (!signal.aborted) {
    if (source.notes(upTo, 1).length > 0) upTo = await chainNotes(source, ledger)
    await sleep(LOOK_EVERY, signal)
  }
}

/**
 * Adds the notes that are not in the log yet to it, each once, whoever does it and wherever it is broken off: how far the
 * source was read stands in the same transaction as the records. Gives the last note that was added, 0 for none.
 */
export async function chainNotes(source: NoteSource, ledger: GrantLedger): Promise<number> {
  const id = source.notesId()
  for (;;) {
    const { upTo, more } = await ledger.transact(async (tx) => {
      const from = await tx.noted(id)
      const notes = source.notes(from, PAGE)
      for (const { at, actor, event, detail } of notes) await tx.audit({ at, actor, event, detail })
      const last = notes.at(-1)
      if (last !== undefined) await tx.putNoted(id, last.seq)
      return { upTo: last?.seq ?? from, more: notes.length === PAGE }
    })
    if (!more) return upTo
  }
}
