import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReportInput } from '../../../analyzer/index.ts'
import {
  reportCsv,
  reportHtml,
  reportJson,
  reportJsonLines,
  reportTerminal,
} from '../../../analyzer/index.ts'
import { GomeisaError, openEmbeddedStore } from '../../../graph/index.ts'
import { assessPair } from '../../estate/assess-pair.ts'
import { reportInput } from '../../estate/report-input.ts'
import { failing } from '../fail-on.ts'
import { withSnapshot } from '../options.ts'
import type { Verb } from '../verb.ts'

interface Options {
  readonly format?: string
  readonly output?: string
  readonly snapshot?: string
  readonly compare?: string
  readonly failOn?: string
}

/** Each format as chunks of text; a new format is a row. */
const FORMATS: ReadonlyMap<string, (input: ReportInput) => Iterable<string>> = new Map<
  string,
  (input: ReportInput) => Iterable<string>
>([
  ['json', reportJson],
  ['jsonl', reportJsonLines],
  ['csv', reportCsv],
  ['html', (input) => [reportHtml(input)]],
])

export const report: Verb = {
  configure(command, run) {
    withSnapshot(command)
      .option('--format <format>', `terminal, ${[...FORMATS.keys()].join(', ')} (default: terminal)`)
      .option('--output <file>', 'write it to a file instead of stdout')
      .option('--fail-on <level>', 'exit code 3 when there is a finding of this severity or worse')
      .option('--compare <id>', 'the snapshot to compare with (default: the analysed one before)')
      .addHelpText(
        'after',
        `
The HTML page holds no script, prints well, and shows the worst 500 findings;
the CSV and JSON forms hold all of them.

Examples:
  gomeisa report
  gomeisa report --format html --output report.html
  gomeisa report --format csv --output findings.csv --fail-on high`,
      )
      .action((options: Options) =>
        run(async ({ terminal, global }) => {
          // A wrong word is told before any work.
          failing([], options.failOn)
          const name = options.format ?? (global.json ? 'json' : 'terminal')
          const format = FORMATS.get(name)
          if (format === undefined && name !== 'terminal') {
            throw new GomeisaError('USAGE', `\`${name}\` is no report format`, {
              remedy: `use one of terminal, ${[...FORMATS.keys()].join(', ')}`,
            })
          }
          const store = openEmbeddedStore(global.data, { create: false })
          try {
            const { current, previous } = await assessPair(store, options)
            const input = await reportInput(current, previous)
            const colour = options.output === undefined && terminal.style('red', '') !== ''
            const chunks = format?.(input) ?? [
              reportTerminal(input, { colour, findings: 20, identities: 10 }),
            ]
            if (options.output === undefined) for (const chunk of chunks) process.stdout.write(chunk)
            else {
              await writeFile(options.output, chunks)
              terminal.note(`written to ${options.output}`)
            }
            return failing(current.findings, options.failOn)
          } finally {
            await store.close()
          }
        }),
      )
  },
}

async function writeFile(file: string, chunks: Iterable<string>): Promise<void> {
  try {
    // A report tells who can do what: only the owner may read it.
    await pipeline(Readable.from(chunks), createWriteStream(file, { mode: 0o600 }))
  } catch (cause) {
    throw new GomeisaError('OUTPUT_UNWRITABLE', `\`${file}\` cannot be written`, {
      remedy: 'check that its folder exists and is writable, or name another file with --output',
      cause,
    })
  }
}
