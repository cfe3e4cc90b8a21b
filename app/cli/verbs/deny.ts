import { askBroker, HOME, type HomeOption } from '../access/ask-broker.ts'
import { objectsIn, renderRequest } from '../access/render.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends HomeOption {
  readonly reason?: string
}

export const deny: Verb = {
  configure(command, run) {
    command
      .usage('REQUEST… [options]')
      .argument('<request...>', 'ids, as `gomeisa approve` lists them')
      .option('--reason <text>', 'why; the person is told')
      .option(...HOME)
      .addHelpText(
        'after',
        `
Examples:
  gomeisa deny 4f1c09ab77e2 --reason 'use the read-only role'`,
      )
      .action((requests: readonly string[], { reason, home }: Options) =>
        run(async ({ terminal, global }) => {
          const body = { requests, ...(reason !== undefined && { reason }) }
          const result = await askBroker(home === undefined ? {} : { home }, 'POST', '/v1/denials', body)
          if (global.json) terminal.out(jsonText(envelope('deny', null, result)))
          else for (const each of objectsIn(result, 'requests')) renderRequest(terminal, each)
          return EXIT.ok
        }),
      )
  },
}
