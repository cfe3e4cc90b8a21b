import { askBroker, HOME, type HomeOption } from '../access/ask-broker.ts'
import { objectsIn, renderGrant } from '../access/render.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const grants: Verb = {
  configure(command, run) {
    command
      .usage('[options]')
      .option(...HOME)
      .addHelpText(
        'after',
        `
Says which of them end soon: within ten minutes, or the last third of a shorter
one.

Examples:
  gomeisa grants
  gomeisa grants --json`,
      )
      .action((options: HomeOption) =>
        run(async ({ terminal, global }) => {
          const result = await askBroker(options, 'GET', '/v1/grants')
          const all = objectsIn(result, 'grants')
          if (global.json) terminal.out(jsonText(envelope('grants', null, result)))
          else {
            for (const each of all) renderGrant(terminal, each)
            if (all.length === 0) terminal.note('you hold no grant')
          }
          return EXIT.ok
        }),
      )
  },
}
