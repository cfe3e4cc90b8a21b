import { ask } from '../../estate/ask.ts'
import { withEstate } from '../../estate/open-estate.ts'
import { envelope } from '../envelope.ts'
import { answerJson } from '../answer-json.ts'
import { decisionWord, renderAnswer } from '../render-answer.ts'
import { printable, wrap } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const can: Verb = {
  configure(command, run) {
    command
      .argument('<principal>', 'part of a name, e-mail, ARN or id')
      .argument('<action>', 's3:GetObject, storage.objects.get, Microsoft.Storage/…/read')
      .argument('<resource>', 'part of a name, or the cloud’s own name of it')
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .addHelpText(
        'after',
        `
The answer is ALLOWED, ALLOWED IF, DENIED or UNKNOWN, with every statement that
had a say. Exit code 4 when it is UNKNOWN.

Examples:
  gomeisa can ci-deploy iam:PassRole arn:aws:iam::111122223333:role/admin
  gomeisa can ana@example.com bigquery.tables.getData customer_events
  gomeisa can --json user:ana s3:GetObject payroll-exports`,
      )
      .action((principal: string, action: string, resource: string, options: { snapshot?: string }) =>
        run((context) =>
          withEstate(context.global.data, options.snapshot, async (estate) => {
            const asked = await ask(estate, principal, action, resource)
            const [best] = asked.answers
            const { terminal } = context
            if (context.global.json) {
              const answers = await Promise.all(
                asked.answers.map(async ({ as, answer }) => ({
                  as: as.id,
                  ...(await answerJson(estate, answer)),
                })),
              )
              const { action: name, resource: target } = asked
              const result = {
                principal: asked.principal.id,
                action: name,
                resource: target,
                decision: best.answer.decision,
                answers,
              }
              terminal.out(JSON.stringify(envelope('can', estate.snapshot, result), null, 2))
            } else {
              for (const { as, answer } of asked.answers.slice(
                0,
                best.answer.decision === 'denied' ? 1 : undefined,
              )) {
                const through = as.id === asked.principal.id ? '' : ` as ${as.type} ${as.name}`
                terminal.out(
                  `${decisionWord(terminal, answer.decision)}  ${wrap(printable(`${asked.principal.name}${through} · ${action} · ${asked.resource}`), terminal.width - 12, '  ')}`,
                )
                await renderAnswer(terminal, estate, answer, false)
              }
              terminal.note('gomeisa explain with the same words shows the statements themselves')
            }
            return best.answer.decision === 'unknown' ? EXIT.partial : EXIT.ok
          }),
        ),
      )
  },
}
