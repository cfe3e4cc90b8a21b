import type { About, NoteSource } from '../audit/notes.ts'
import type { Milliseconds } from '../devices/device.ts'
import type { Once, OnceKind, Passkey, Person, Session } from './person.ts'
import type { PresenceRecord } from './presence-record.ts'

/** What became of an attempt to spend: the thing, or why not. */
export type Spent = Once | 'unknown' | 'spent' | 'expired'

/**
 * The broker's memory of people. Every call is durable when it returns, and atomic. Throws `STORE_UNUSABLE` when it cannot
 * answer: whoever asks must then refuse. Changes of people and passkeys leave a note, written together with them.
 */
export interface PeopleStore extends Pick<NoteSource, 'note'> {
  /** Adds a person unless the name is known; gives who is on record under that name. */
  addPerson(person: Person, by: string): Person
  /** Sets who this is at the provider, the first time; false when it is somebody else. */
  pinSubject(name: string, subject: string, now: Milliseconds): boolean
  person(name: string): Person | undefined
  people(): readonly Person[]

  /** False when the credential id is known already. */
  addPasskey(passkey: Passkey): boolean
  passkey(id: string): Passkey | undefined
  /** Those of a person, oldest first, revoked ones too. */
  passkeys(person: string): readonly Passkey[]
  /** Moves the counter; false when it is not `from` any more, or the passkey was revoked: somebody else used it meanwhile. */
  countPasskey(id: string, from: number, to: number): boolean
  revokePasskey(id: string, because: string, about: About): void

  addSession(session: Session): void
  session(hash: string): Session | undefined
  /** Ends sessions that are open; gives their number. */
  endSessions(which: SessionChoice, because: string, now: Milliseconds): number

  keep(once: Once): void
  /** Reads without spending; undefined when it cannot be spent any more. */
  peek(kind: OnceKind, hash: string, now: Milliseconds): Once | undefined
  /** Spends it, whatever comes of it. */
  spend(kind: OnceKind, hash: string, now: Milliseconds): Spent
  /** Counts a try of something that may be tried a few times; true while it is one of the first `most`. */
  tryOnce(kind: OnceKind, hash: string, most: number): boolean

  /** Stores a presence and moves its passkey's counter, both or neither; false as in `countPasskey`. */
  addPresence(record: PresenceRecord): boolean
  presence(id: string): PresenceRecord | undefined
  /** Of a person for a decision about this very request (canonical form), newest first. */
  presences(person: string, decision: string, request: string): readonly PresenceRecord[]

  close(): void
}

/** By cookie, by the provider's session, or all of a subject that began before a moment. */
export type SessionChoice =
  | { readonly hash: string }
  | { readonly subject: string; readonly sid?: string; readonly begunBefore: Milliseconds }
