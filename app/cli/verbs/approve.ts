import { own } from '../../../graph/index.ts'
import { askBroker, HOME, type HomeOption } from '../access/ask-broker.ts'
import { objectsIn, renderPrompt, renderRequest } from '../access/render.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const approve: Verb = {
  configure(command, run) {
    command
      .usage('[REQUEST…] [options]')
      .argument('[request...]', 'ids; without any those are listed that you could approve')
      .option(...HOME)
      .addHelpText(
        'after',
        `
Several requests are approved with one presence, all or none. Exit code 1 while
something is still to be shown.

Examples:
  gomeisa approve
  gomeisa approve 4f1c09ab77e2 90bb1e7d3c15`,
      )
      .action((ids: readonly string[], options: HomeOption) =>
        run(async ({ terminal, global }) => {
          const result =
            ids.length === 0
              ? await askBroker(options, 'GET', '/v1/requests')
              : await askBroker(options, 'POST', '/v1/approvals', { requests: ids })
          const done = ids.length === 0 || own(result, 'approved') === true
          if (global.json) terminal.out(jsonText(envelope('approve', null, result)))
          else {
            const requests = objectsIn(result, ids.length === 0 ? 'toApprove' : 'requests')
            for (const each of requests) renderRequest(terminal, each)
            if (requests.length === 0) terminal.note('nothing waits for you')
            renderPrompt(terminal, result)
            if (!done) terminal.note(`then: gomeisa approve ${ids.join(' ')}`)
          }
          return done ? EXIT.ok : EXIT.error
        }),
      )
  },
}
