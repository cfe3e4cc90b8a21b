import type { Gap, Instant } from '../../../graph/index.ts'
import { GomeisaError, openEmbeddedStore } from '../../../graph/index.ts'
import { importPaths } from '../../../collectors/index.ts'
import { envelope } from '../envelope.ts'
import { renderGaps } from '../render-gaps.ts'
import { count, printable, shorten } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly takenAt?: string
}

export const importVerb: Verb = {
  configure(command, run) {
    command
      .argument('<path...>', 'files, folders, .zip and .gz archives')
      .option('--taken-at <time>', 'when the exports were made, RFC 3339 (default: the newest file’s time)')
      .addHelpText(
        'after',
        `
Takes exports of AWS, GCP and Azure, recognises each by its content, and keeps them
as one snapshot. docs/import.md lists every accepted file with the read-only command
that makes it. A file that is cut off, of a wrong type or hostile is named with its
place; then nothing is kept. Exit code 4 when a cloud refused the exporter a call or
a listing is cut off.

Examples:
  gomeisa import exports/
  gomeisa import aws.zip gcp/ azure/ --taken-at 2026-11-16T06:00:00Z`,
      )
      .action((paths: string[], options: Options) =>
        run(async ({ terminal, global, now }) => {
          const takenAt = options.takenAt === undefined ? {} : { takenAt: instant(options.takenAt) }
          const store = openEmbeddedStore(global.data)
          try {
            const report = await importPaths(paths, {
              store,
              now: now.toISOString() as Instant,
              ...takenAt,
              progress: ({ files, bytes }) =>
                terminal.progress(`reading … ${count(files, 'file')}, ${Math.round(bytes / 1e6)} MB`),
            })
            terminal.progressDone()
            const { snapshot, isNew, taken, ignored, gaps } = report
            if (global.json) {
              terminal.out(
                JSON.stringify(envelope('import', snapshot, { isNew, taken, ignored, gaps }), null, 2),
              )
            } else {
              for (const line of takenLines(taken))
                terminal.out(`  ${shorten(printable(line), terminal.width - 2)}`)
              for (const { origin, why } of ignored.slice(0, IGNORED)) {
                terminal.note(`  ignored ${printable(shorten(origin, 40))}: ${printable(why)}`)
              }
              if (ignored.length > IGNORED) terminal.note(`  … and ${ignored.length - IGNORED} more ignored`)
              renderGaps(terminal, gaps)
              const state = isNew ? 'snapshot' : 'nothing new: this is snapshot'
              terminal.out(
                `${state} ${snapshot.id.slice(0, 12)} taken ${snapshot.takenAt}: ${count(taken.length, 'file')}`,
              )
              terminal.note('next: gomeisa analyze')
            }
            return gaps.some(isPartial) ? EXIT.partial : EXIT.ok
          } finally {
            await store.close()
          }
        }),
      )
  },
}

const IGNORED = 10

/** A call that was refused or a listing that was cut off; what nobody asked for is only a remark. */
function isPartial(gap: Gap): boolean {
  return gap.kind !== 'not-collected'
}

/** Many files of one kind become one line. */
function takenLines(taken: readonly { origin: string; title: string; holds: string }[]): string[] {
  const byTitle = Map.groupBy(taken, (each) => each.title)
  return [...byTitle].flatMap(([title, files]) =>
    files.length <= 3
      ? files.map(({ origin, holds }) => `${title}: ${holds} (${origin})`)
      : [`${title}: ${count(files.length, 'file')} (${files[0]?.origin ?? ''} …)`],
  )
}

function instant(text: string): Instant {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) {
    throw new GomeisaError('USAGE', `\`${text}\` is no time`, { remedy: 'write it as 2026-11-16T06:00:00Z' })
  }
  return time.toISOString() as Instant
}
