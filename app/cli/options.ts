import type { Command } from 'commander'
import type { Instant, Severity } from '../../graph/index.ts'
import { GomeisaError, SEVERITIES } from '../../graph/index.ts'

/** Adds `--snapshot`, which every verb that asks an estate has. */
export function withSnapshot(command: Command): Command {
  return command.option(
    '--snapshot <id>',
    'beginning of a snapshot id, or the day it was taken (default: newest)',
  )
}

/** Rows to show: a number from 1, or `all`. */
export function limitOf(text: string): number {
  if (text === 'all') return Infinity
  const limit = Number(text)
  if (/^\d+$/.test(text) && limit > 0) return limit
  throw new GomeisaError('USAGE', `\`${text}\` is no number of rows`, {
    remedy: 'use --limit 100, or --limit all',
  })
}

export function portOf(text: string | undefined): number {
  const port = Number(text ?? 0)
  if (/^\d*$/.test(text ?? '') && port < 65_536) return port
  throw new GomeisaError('USAGE', `\`${text ?? ''}\` is no port`, {
    remedy: 'use a number from 0 (a free one) to 65535',
  })
}

/** A severity by its word; `USAGE` for any other word. */
export function severityOf(text: string): Severity {
  const known = SEVERITIES.find((severity) => severity === text)
  if (known !== undefined) return known
  throw new GomeisaError('USAGE', `\`${text}\` is no severity`, {
    remedy: `use one of ${SEVERITIES.join(', ')}`,
  })
}

/** A day (midnight UTC) or an RFC 3339 time that exists. */
export function instantOf(text: string): Instant {
  const whole = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/i.exec(text)
  const time = new Date(whole?.[2] === undefined ? `${text}T00:00:00Z` : text)
  const day = new Date(`${whole?.[1] ?? ''}T00:00:00Z`)
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(whole?.[1] ?? '-')
  if (whole !== null && exists && !Number.isNaN(time.getTime())) {
    return time.toISOString().replace(/\.\d+Z$/, 'Z') as Instant
  }
  throw new GomeisaError('USAGE', `\`${text}\` is no time`, {
    remedy: 'write a day as 2026-11-16 or a time as 2026-11-16T06:00:00Z',
  })
}
