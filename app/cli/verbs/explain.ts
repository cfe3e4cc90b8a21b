import { ask } from '../../estate/ask.ts'
import type { OpenEstate } from '../../estate/open-estate.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { askedJson } from '../answer-json.ts'
import { envelope } from '../envelope.ts'
import { explainFinding } from '../explain-finding.ts'
import { jsonText } from '../json-text.ts'
import { withAsked, withEstateChoice, type EstateChoice } from '../asked-estate.ts'
import { renderAsked } from '../render-answer.ts'
import type { ExitCode, Verb, VerbContext } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const explain: Verb = {
  configure(command, run) {
    withEstateChoice(command)
      .usage('[options] FINDING | PRINCIPAL ACTION RESOURCE')
      .argument('<finding-or-principal>', 'the beginning of a finding’s id, or a principal')
      .argument('[action]', 'the action, when the first word is a principal')
      .argument('[resource]', 'the resource, when the first word is a principal')
      .addHelpText(
        'after',
        `
Shows the proof of a finding or of an answer: every step, down to the policy
statement, its file and its line; of a finding also the change that ends it.

Examples:
  gomeisa explain 3f9c2a71
  gomeisa explain ci-deploy iam:PassRole arn:aws:iam::111122223333:role/admin`,
      )
      .action((first: string, action?: string, resource?: string, options: EstateChoice = {}) =>
        run((context) =>
          withAsked(context, options, (estate) => {
            if (action === undefined && !estate.isAnalysed) {
              throw new GomeisaError('USAGE', 'findings come of an analysis, and --from makes none', {
                remedy: 'gomeisa import, gomeisa analyze, then gomeisa explain FINDING',
              })
            }
            if (action === undefined) return explainFinding(context, estate, first)
            if (resource !== undefined) return explainAnswer(context, estate, first, action, resource)
            throw new GomeisaError('USAGE', 'a question is a principal, an action and a resource', {
              remedy: 'gomeisa explain PRINCIPAL ACTION RESOURCE',
            })
          }),
        ),
      )
  },
}

async function explainAnswer(
  { terminal, global }: VerbContext,
  estate: OpenEstate,
  principal: string,
  action: string,
  resource: string,
): Promise<ExitCode> {
  const asked = await ask(estate, principal, action, resource)
  if (asked.remark !== undefined) terminal.note(asked.remark)
  if (global.json) {
    terminal.out(jsonText(envelope('explain', estate.snapshot, await askedJson(estate, asked))))
  } else await renderAsked(terminal, estate, asked, true)
  return asked.answers[0].answer.decision === 'unknown' ? EXIT.partial : EXIT.ok
}
