import type { Gap, Instant } from '../../../graph/index.ts'
import { openEmbeddedStore } from '../../../graph/index.ts'
import { importPaths } from '../../../collectors/index.ts'
import { envelope } from '../envelope.ts'
import { commandLine } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { instantOf } from '../options.ts'
import { count } from '../plain-text.ts'
import { renderGaps } from '../render-gaps.ts'
import { renderIgnored, renderTaken } from '../render-taken.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly takenAt?: string
}

export const importVerb: Verb = {
  configure(command, run) {
    command
      .argument('<path...>', 'files, folders, .zip and .gz archives')
      .option(
        '--taken-at <time>',
        'when the exports were made: a day or an RFC 3339 time (default: the newest file’s time)',
      )
      .addHelpText(
        'after',
        `
Takes exports of AWS, GCP and Azure, recognises each by its content, and keeps
them as one snapshot. docs/import.md lists every accepted file with the
read-only command that makes it. A file that is cut off, of a wrong type or
hostile is named with its place; then nothing is kept. Exit code 4 when a cloud
refused the exporter a call or a listing is cut off.

Examples:
  gomeisa import exports/
  gomeisa import aws.zip gcp/ azure/ --taken-at 2026-11-16T06:00:00Z`,
      )
      .action((paths: string[], options: Options) =>
        run(async ({ terminal, global, now }) => {
          const takenAt = options.takenAt === undefined ? {} : { takenAt: instantOf(options.takenAt) }
          const store = openEmbeddedStore(global.data)
          try {
            const { snapshot, isNew, taken, ignored, gaps } = await importPaths(paths, {
              store,
              now: now.toISOString() as Instant,
              ...takenAt,
              progress: ({ files, bytes }) => {
                terminal.progress(`reading … ${count(files, 'file')}, ${Math.round(bytes / 1e6)} MB`)
              },
            })
            terminal.progressDone()
            if (global.json) {
              terminal.out(jsonText(envelope('import', snapshot, { isNew, taken, ignored, gaps })))
            } else {
              renderTaken(terminal, taken)
              renderIgnored(terminal, ignored)
              if (gaps.length > 0) terminal.out(terminal.style('bold', 'what is not known'))
              renderGaps(terminal, gaps)
              const files = count(new Set(taken.map(({ origin }) => origin)).size, 'file')
              const state = isNew ? 'snapshot' : 'nothing new: this is snapshot'
              terminal.out(`${state} ${snapshot.id.slice(0, 12)} taken ${snapshot.takenAt}: ${files}`)
              terminal.note(`next: ${commandLine(global, 'analyze')}`)
            }
            return gaps.some(isPartial) ? EXIT.partial : EXIT.ok
          } finally {
            await store.close()
          }
        }),
      )
  },
}

/** A call that was refused or a listing that was cut off; what nobody asked for is only a remark. */
function isPartial(gap: Gap): boolean {
  return gap.kind !== 'not-collected'
}
