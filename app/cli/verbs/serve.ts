import type { Snapshot } from '../../../graph/index.ts'
import { openEmbeddedStore, readEstate } from '../../../graph/index.ts'
import { assess } from '../../estate/assessment.ts'
import { chooseSnapshot, openSnapshotEstate } from '../../estate/open-estate.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { portOf, withSnapshot } from '../options.ts'
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
    withSnapshot(command)
      .option('--port <n>', 'port on 127.0.0.1 (default: a free one)')
      .option('--no-open', 'do not open a browser')
      .option('--compare <id>', 'the snapshot to compare with (default: the analysed one before)')
      .addHelpText(
        'after',
        `
Serves the pages on this machine only. The printed link works once; whoever has
it first has the session.

Examples:
  gomeisa serve
  gomeisa serve --port 8080 --no-open`,
      )
      .action((options: Options) =>
        run(async ({ terminal, global }) => {
          const port = portOf(options.port)
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
              port,
              open: options.open,
              started: (url) => {
                if (global.json) terminal.out(jsonText(envelope('serve', chosen, { url })))
                else terminal.out(`open ${terminal.style(['bold', 'underline'], url)}`)
              },
            })
            return EXIT.ok
          } finally {
            await store.close()
          }
        }),
      )
  },
}
