import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { headlines } from '../../../analyzer/index.ts'
import { importFiles } from '../../../collectors/index.ts'
import type { GraphStore, Instant, Snapshot } from '../../../graph/index.ts'
import { GomeisaError, openEmbeddedStore, visible } from '../../../graph/index.ts'
import { demoEstate, demoExportedAt } from '../../demo/index.ts'
import type { Week } from '../../demo/index.ts'
import { analyzeSnapshot } from '../../estate/analyze-snapshot.ts'
import type { Assessment } from '../../estate/assessment.ts'
import { assess } from '../../estate/assessment.ts'
import { openSnapshotEstate } from '../../estate/open-estate.ts'
import { envelope } from '../envelope.ts'
import { commandLine } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { portOf } from '../options.ts'
import { serveUntilStopped } from '../serve-until-stopped.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly once: boolean
  readonly port: string
  readonly open: boolean
  readonly keep?: string
}

export const demo: Verb = {
  configure(command, run) {
    command
      .option('--once', 'print the sentences and exit: no server, no browser', false)
      .option('--keep <dir>', 'keep the analysed estate in this data directory, to ask it more')
      .option('--port <n>', 'port on 127.0.0.1 (0: a free one)', '0')
      .option('--no-open', 'do not open a browser')
      .addHelpText(
        'after',
        `
An invented company with three clouds, two snapshots a week apart, written out
in the clouds' own export formats and read by the same importer as yours
(docs/demo.md).

Examples:
  gomeisa demo
  gomeisa demo --once
  gomeisa demo --keep demo-data --once && gomeisa --data demo-data findings`,
      )
      .action((options: Options) =>
        run(async ({ terminal, global, now }) => {
          const port = portOf(options.port)
          if (global.dataGiven) {
            throw new GomeisaError('USAGE', 'the demo uses no data directory of yours', {
              remedy: 'keep it in one of its own with --keep DIR',
            })
          }
          const kept = options.keep
          const directory = kept ?? mkdtempSync(join(tmpdir(), 'gomeisa-demo-'))
          const store = openEmbeddedStore(directory)
          try {
            await refuseOthers(store, directory)
            const previous = await week(store, 1, terminal, now)
            const current = await week(store, 2, terminal, now)
            terminal.progressDone()
            const sentences = headlines({ current, previous })
            const json = (url?: string) => {
              const result = { headlines: sentences, ...(url !== undefined && { url }) }
              terminal.out(jsonText(envelope('demo', current.estate.snapshot, result)))
            }
            if (!global.json) for (const { text } of sentences) terminal.block('★ ', visible(text))
            if (options.once && global.json) json()
            if (kept !== undefined) terminal.note(`next: ${commandLine({ data: kept }, 'findings')}`)
            else if (options.once)
              terminal.note('next: gomeisa demo, the same in the browser; or gomeisa import PATH…')
            if (!options.once) {
              await serveUntilStopped(terminal, current, previous, {
                port,
                open: options.open,
                started: (url) => {
                  if (global.json) json(url)
                  else terminal.out(`\nopen ${terminal.style(['bold', 'underline'], url)}`)
                },
              })
            }
            return EXIT.ok
          } finally {
            await store.close()
            if (kept === undefined) rmSync(directory, { recursive: true, force: true })
          }
        }),
      )
  },
}

/** The invented company must not become the newest snapshot of a real estate. */
async function refuseOthers(store: GraphStore, directory: string): Promise<void> {
  const snapshots = await store.snapshots()
  const own = snapshots.every(({ sources }) => sources.every(({ origin }) => origin.startsWith(ORIGIN)))
  if (own) return
  throw new GomeisaError('USAGE', `\`${directory}\` holds snapshots of another estate`, {
    remedy: 'keep the demo in a directory of its own',
  })
}

/** What the names of the demo's files begin with. */
const ORIGIN = 'demo/week-'

/** Imports and analyses one week, unless it is kept already. */
async function week(store: GraphStore, number: Week, terminal: Terminal, now: Date): Promise<Assessment> {
  terminal.progress(`week ${number}: reading the exports …`)
  const { snapshot } = await importWeek(store, number, now)
  await analyzeSnapshot(store, snapshot, {
    jewels: [],
    progress: (step) => {
      terminal.progress(`week ${number}: ${step} …`)
    },
  })
  return assess(await openSnapshotEstate(store, snapshot))
}

async function importWeek(store: GraphStore, number: Week, now: Date): Promise<{ snapshot: Snapshot }> {
  const encoder = new TextEncoder()
  const entries = demoEstate(number).map(({ path, bytes }) => ({
    origin: `${ORIGIN}${number}/${path}`,
    bytes: typeof bytes === 'string' ? encoder.encode(bytes) : bytes,
  }))
  return importFiles(entries, {
    store,
    now: now.toISOString() as Instant,
    takenAt: demoExportedAt(number) as Instant,
  })
}
