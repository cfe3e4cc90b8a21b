import { GomeisaError, openEmbeddedStore } from '../../../graph/index.ts'
import { assessPair } from '../../estate/assess-pair.ts'
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
            const { current, previous } = await assessPair(store, options)
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
