import type { Command } from 'commander'
import { GomeisaError } from '../../../graph/index.ts'
import type { Ask } from '../../../policies/index.ts'
import { instantOf } from '../options.ts'

/** How a request is made that `explain` and `diff` ask about. */
export interface AskedOptions {
  readonly for: string
  readonly reason: boolean
  readonly ticket: boolean
  readonly at?: string
}

export function withAsked(command: Command): Command {
  return command
    .option('--for <time>', 'how long it is wanted: 45m, 8h', '1h')
    .option('--no-reason', 'without a reason')
    .option('--ticket', 'with a ticket', false)
    .option('--at <time>', 'when (default: now)')
}

export function askedOf(options: AskedOptions, now: Date): Omit<Ask, 'person' | 'entitlement'> {
  return {
    durationSeconds: secondsOf(options.for),
    reason: options.reason,
    ticket: options.ticket,
    now: options.at === undefined ? now.toISOString().replace(/\.\d+Z$/, 'Z') : instantOf(options.at),
  }
}

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
])

/** A length of time as people write it, in seconds; `USAGE` for anything else. */
export function secondsOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const seconds = Number(count) * (SECONDS.get(unit ?? '') ?? Number.NaN)
  if (seconds > 0) return seconds
  throw new GomeisaError('USAGE', `\`${text}\` is no length of time`, { remedy: 'write 45m, 8h or 1d' })
}
