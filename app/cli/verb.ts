import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

/** Options that every verb understands. */
export interface GlobalOptions {
  readonly data: string
  /** `data` was named, it is not the usual one. */
  readonly dataGiven: boolean
  readonly json: boolean
  readonly quiet: boolean
}

export interface VerbContext {
  readonly terminal: Terminal
  readonly global: GlobalOptions
  /** The wall clock, read once per command. */
  readonly now: Date
}

/** Exit codes, the same for every verb (docs/cli.md). */
export const EXIT = { ok: 0, error: 1, usage: 2, findings: 3, partial: 4 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** One command of the command line: one file under `verbs/`, one row in `verbs/index.ts`. */
export interface Verb {
  /** Adds arguments, options and help text; the command's action calls `run` and hands its exit code to `done`. */
  configure(command: Command, run: (work: (context: VerbContext) => Promise<ExitCode>) => Promise<void>): void
}
