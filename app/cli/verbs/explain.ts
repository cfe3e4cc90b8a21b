import { ask } from '../../estate/ask.ts'
import type { OpenEstate } from '../../estate/open-estate.ts'
import { withEstate } from '../../estate/open-estate.ts'
import type { Finding } from '../../../graph/index.ts'
import { GomeisaError } from '../../../graph/index.ts'
import { answerJson } from '../answer-json.ts'
import { envelope } from '../envelope.ts'
import { evidenceJson, renderDerivation } from '../render-evidence.ts'
import { decisionWord, renderAnswer } from '../render-answer.ts'
import { printable, wrap } from '../terminal.ts'
import type { ExitCode, Verb, VerbContext } from '../verb.ts'
import { EXIT } from '../verb.ts'

export const explain: Verb = {
  configure(command, run) {
    command
      .argument('<finding-or-principal>', 'a finding id, or a principal')
      .argument('[action]', 'the action, when the first word is a principal')
      .argument('[resource]', 'the resource, when the first word is a principal')
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .addHelpText(
        'after',
        `
Shows the proof of an answer or of a finding: every step, down to the policy
statement, its file and its line.

Examples:
  gomeisa explain 3f9c2a71d0b84e55
  gomeisa explain ci-deploy iam:PassRole arn:aws:iam::111122223333:role/admin`,
      )
      .action(
        (
          first: string,
          action: string | undefined,
          resource: string | undefined,
          options: { snapshot?: string },
        ) =>
          run((context) =>
            withEstate(context.global.data, options.snapshot, async (estate) => {
              if (action === undefined) return explainFinding(context, estate, first)
              if (resource === undefined) {
                throw new GomeisaError(
                  'USAGE',
                  'explain needs a finding id, or a principal, an action and a resource',
                  {
                    remedy: 'gomeisa explain PRINCIPAL ACTION RESOURCE',
                  },
                )
              }
              return explainAnswer(context, estate, first, action, resource)
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
  const [{ answer }] = asked.answers
  if (global.json) {
    const answers = await Promise.all(
      asked.answers.map(async (each) => ({ as: each.as.id, ...(await answerJson(estate, each.answer)) })),
    )
    const result = { principal: asked.principal.id, action, resource: asked.resource, answers }
    terminal.out(JSON.stringify(envelope('explain', estate.snapshot, result), null, 2))
  } else {
    for (const each of asked.answers) {
      const through = each.as.id === asked.principal.id ? '' : ` as ${each.as.type} ${each.as.name}`
      const question = `${asked.principal.name}${through} · ${action} · ${asked.resource}`
      terminal.out(
        `${decisionWord(terminal, each.answer.decision)}  ${wrap(printable(question), terminal.width - 12, '  ')}`,
      )
      await renderAnswer(terminal, estate, each.answer, true)
    }
  }
  return answer.decision === 'unknown' ? EXIT.partial : EXIT.ok
}

async function explainFinding(
  { terminal, global }: VerbContext,
  estate: OpenEstate,
  id: string,
): Promise<ExitCode> {
  const finding = oneFinding(await estate.findings(), id)
  if (global.json) {
    const evidence = await Promise.all(finding.evidence.map((each) => evidenceJson(estate, each)))
    terminal.out(JSON.stringify(envelope('explain', estate.snapshot, { ...finding, evidence }), null, 2))
    return EXIT.ok
  }
  terminal.out(terminal.style('bold', `${finding.severity.toUpperCase()}  ${finding.title}`))
  terminal.out(wrap(printable(finding.says), terminal.width))
  for (const assumption of finding.assumes)
    terminal.out(wrap(printable(`assumes: ${assumption}`), terminal.width, '  '))
  terminal.out('')
  for (const evidence of finding.evidence) await renderDerivation(terminal, estate, evidence, 0)
  terminal.out(
    `\n${terminal.style('bold', 'Remedy')}  ${wrap(printable(finding.remedy.says), terminal.width - 8, '  ')}`,
  )
  for (const line of finding.remedy.text.split('\n')) terminal.out(`  ${printable(line)}`)
  return EXIT.ok
}

function oneFinding(findings: readonly Finding[], id: string): Finding {
  const found = findings.filter((finding) => finding.id.startsWith(id.toLowerCase()))
  const [one] = found
  if (one !== undefined && found.length === 1) return one
  throw new GomeisaError(
    found.length === 0 ? 'NOT_FOUND' : 'AMBIGUOUS',
    found.length === 0 ? `no finding is called \`${id}\`` : `\`${id}\` means ${found.length} findings`,
    {
      remedy: '`gomeisa findings` lists them with their ids',
      candidates: found.slice(0, 12).map((finding) => `${finding.id} ${finding.says}`),
    },
  )
}
