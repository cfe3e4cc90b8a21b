import { visible } from '../../../graph/index.ts'
import { checks } from '../checks.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { padTo } from '../plain-text.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const doctor: Verb = {
  configure(command, run) {
    command
      .addHelpText(
        'after',
        `
Checks Node, the store, the pages and the optional tools, and says what to do.
Exit code 1 when there is a problem.

Examples:
  gomeisa doctor
  gomeisa doctor --data /srv/gomeisa --json`,
      )
      .action(() =>
        run(async ({ terminal, global }) => {
          const found = await checks(global)
          if (global.json) terminal.out(jsonText(envelope('doctor', null, { checks: found })))
          else {
            const looks = { ok: 'green', remark: 'yellow', problem: 'red' } as const
            for (const { state, what, says } of found) {
              terminal.block(padTo(state, 9), visible(`${what}: ${says}`), undefined, looks[state])
            }
          }
          return found.some((check) => check.state === 'problem') ? EXIT.error : EXIT.ok
        }),
      )
  },
}
