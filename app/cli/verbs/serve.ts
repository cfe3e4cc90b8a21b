import { openEmbeddedStore } from '../../../graph/index.ts'
import { assessPair } from '../../estate/assess-pair.ts'
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
            const { current, previous } = await assessPair(store, options)
            await serveUntilStopped(terminal, current, previous, {
              port,
              open: options.open,
              started: (url) => {
                if (global.json) terminal.out(jsonText(envelope('serve', current.estate.snapshot, { url })))
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
