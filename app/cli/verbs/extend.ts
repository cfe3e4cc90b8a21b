import { askBroker, HOME, type HomeOption } from '../access/ask-broker.ts'
import { renderStanding } from '../access/render.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { secondsOf } from '../policy/asked.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends HomeOption {
  readonly for: string
  readonly reason?: string
  readonly ticket?: string
}

export const extend: Verb = {
  configure(command, run) {
    command
      .usage('GRANT [options]')
      .argument('<grant>', 'its id, as `gomeisa grants` lists it')
      .option('--for <time>', 'how much longer: 30m, 1h', '1h')
      .option('--reason <text>', 'what it is for')
      .option('--ticket <id>', 'ticket that it belongs to')
      .option(...HOME)
      .addHelpText(
        'after',
        `
It is a request about the whole time of the grant: what that takes is to be
shown, and approved, again.

Examples:
  gomeisa extend 90bb1e7d3c15 --for 30m --reason 'not done yet'`,
      )
      .action((grant: string, options: Options) =>
        run(async ({ terminal, global }) => {
          const { reason, ticket } = options
          const words = { ...(reason !== undefined && { reason }), ...(ticket !== undefined && { ticket }) }
          const body = { seconds: secondsOf(options.for), ...words }
          const path = `/v1/grants/${encodeURIComponent(grant)}/extend`
          const result = await askBroker(options, 'POST', path, body)
          if (global.json) terminal.out(jsonText(envelope('extend', null, result)))
          else renderStanding(terminal, result)
          return EXIT.ok
        }),
      )
  },
}
