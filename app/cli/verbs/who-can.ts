import { visible } from '../../../graph/index.ts'
import { peopleBehind } from '../../estate/actors.ts'
import { engineOfAction, asKnown, remarkOn } from '../../estate/ask.ts'
import { findTarget } from '../../estate/target.ts'
import { answerJson } from '../answer-json.ts'
import { envelope } from '../envelope.ts'
import { commandLine, quoted } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { fromWords, withAsked, withEstateChoice, type EstateChoice } from '../asked-estate.ts'
import { limitOf } from '../options.ts'
import { renderHolders } from '../render-holders.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends EstateChoice {
  readonly limit: string
}

export const whoCan: Verb = {
  configure(command, run) {
    withEstateChoice(command)
      .argument('<action>', 's3:GetObject, storage.objects.get, Microsoft.Storage/…/read')
      .argument('<resource>', 'part of a name, or the cloud’s own name of it')
      .option('--limit <n>', 'rows of each kind, or `all`; --json gives all', '20')
      .addHelpText(
        'after',
        `
Lists every principal that is allowed, allowed under conditions, or unknown,
people first: those who hold it, and those who sign in to a role that does. The
name of a bucket means its objects where the action is on objects. Exit code 4
when someone is unknown.

Examples:
  gomeisa who-can s3:GetObject payroll-exports
  gomeisa who-can s3:GetObject arn:aws:s3:::payroll-exports/2026.csv
  gomeisa who-can iam.serviceAccounts.getAccessToken etl-runner --json
  gomeisa who-can s3:GetObject payroll-exports --from exports/`,
      )
      .action((actionText: string, resource: string, options: Options) =>
        run((context) => {
          const { terminal, global } = context
          const limit = limitOf(options.limit)
          return withAsked(context, options, async (estate) => {
            const engine = await engineOfAction(estate, actionText)
            const action = asKnown(engine, actionText)
            const native = await findTarget(estate, engine, action, resource)
            const remark = remarkOn(engine, action, native)
            if (remark !== undefined) terminal.note(remark)
            const rows = engine.whoCan(action, native)
            const held = new Set(rows.flatMap((row) => row.principals))
            const people = await peopleBehind(estate, engine, held)
            if (global.json) {
              const answers = await Promise.all(
                rows.map(async ({ principals, answer }) => ({
                  principals,
                  ...(await answerJson(estate, answer)),
                })),
              )
              const behind = people.map(({ person, as }) => ({ person: person.id, as }))
              const result = { action, resource: native, answers, people: behind }
              terminal.out(jsonText(envelope('who-can', estate.snapshot, result)))
            } else {
              terminal.block('', visible(`${action} on ${native}`))
              if (rows.length === 0) terminal.out('\nnobody')
              renderHolders(terminal, { rows, people, nodes: await estate.nodes() }, limit)
              const words = [action, resource].map(quoted)
              if (rows.length > 0) {
                terminal.note(
                  `next: ${commandLine(global, 'explain', 'PRINCIPAL', ...words, ...fromWords(options))} shows why`,
                )
              }
            }
            return rows.some((row) => row.answer.decision === 'unknown') ? EXIT.partial : EXIT.ok
          })
        }),
      )
  },
}
