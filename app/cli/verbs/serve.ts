import type { Snapshot } from '../../../graph/index.ts'
import { GomeisaError, openEmbeddedStore, readEstate } from '../../../graph/index.ts'
import { assess } from '../../estate/assessment.ts'
import { chooseSnapshot, openSnapshotEstate } from '../../estate/open-estate.ts'
import { serveUntilStopped } from '../serve-until-stopped.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly compare?: string
  readonly port?: string
  readonly open: boolean
}

export const serve: Verb = {
  configure(command, run) {
    command
      .option('--port <n>', 'port on 127.0.0.1 (default: a free one)')
      .option('--no-open', 'do not open a browser')
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .option('--compare <id>', 'the snapshot to compare with (default: the analysed one before)')
      .addHelpText(
        'after',
        `
Serves the pages on this machine only. The printed link works once; whoever has it
first has the session.

Examples:
  gomeisa serve
  gomeisa serve --port 8080 --no-open`,
      )
      .action((options: Options) =>
        run(async ({ terminal, global }) => {
          const store = openEmbeddedStore(global.data, { create: false })
          try {
            const snapshots = await store.snapshots()
            const chosen = chooseSnapshot(snapshots, options.snapshot)
            const current = await assess(await openSnapshotEstate(store, chosen))
            const analysed: Snapshot[] = []
            for (const snapshot of snapshots.slice(0, snapshots.indexOf(chosen))) {
              if ((await readEstate(store, snapshot.id)) !== undefined) analysed.push(snapshot)
            }
            const before =
              options.compare === undefined ? analysed.at(-1) : chooseSnapshot(snapshots, options.compare)
            const previous = before && (await assess(await openSnapshotEstate(store, before)))
            await serveUntilStopped(terminal, current, previous, {
              port: portOf(options.port),
              open: options.open,
            })
            return EXIT.ok
          } finally {
            await store.close()
          }
        }),
      )
  },
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new GomeisaError('USAGE', `\`${text ?? ''}\` is no port`, { remedy: 'use a number from 0 to 65535' })
}
