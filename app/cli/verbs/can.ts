import { ask } from '../../estate/ask.ts'
import { askedJson } from '../answer-json.ts'
import { envelope } from '../envelope.ts'
import { commandLine, quoted } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { fromWords, withAsked, withEstateChoice, type EstateChoice } from '../asked-estate.ts'
import { renderAsked } from '../render-answer.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const can: Verb = {
  configure(command, run) {
    withEstateChoice(command)
      .argument('<principal>', 'part of a name, e-mail, ARN or id')
      .argument('<action>', 's3:GetObject, storage.objects.get, Microsoft.Storage/…/read')
      .argument('<resource>', 'part of a name, or the cloud’s own name of it')
      .addHelpText(
        'after',
        `
The answer is ALLOWED, ALLOWED IF, DENIED or UNKNOWN, with every statement that
had a say. A person is asked as every identity with their e-mail, and as every
role they sign in to. Exit code 4 when the answer is UNKNOWN.

Examples:
  gomeisa can ci-deploy iam:PassRole arn:aws:iam::111122223333:role/admin
  gomeisa can ana@example.com bigquery.tables.getData customer_events
  gomeisa can user:ana s3:GetObject payroll-exports --json
  gomeisa can ci-deploy iam:PassRole admin --from exports/`,
      )
      .action((principal: string, action: string, resource: string, options: EstateChoice) =>
        run((context) =>
          withAsked(context, options, async (estate) => {
            const { terminal, global } = context
            const asked = await ask(estate, principal, action, resource)
            if (asked.remark !== undefined) terminal.note(asked.remark)
            if (global.json) {
              terminal.out(jsonText(envelope('can', estate.snapshot, await askedJson(estate, asked))))
            } else {
              await renderAsked(terminal, estate, asked, false)
              const words = [principal, action, resource].map(quoted)
              terminal.note(`next: ${commandLine(global, 'explain', ...words, ...fromWords(options))}`)
            }
            return asked.answers[0].answer.decision === 'unknown' ? EXIT.partial : EXIT.ok
          }),
        ),
      )
  },
}
