import type { Decision, PrincipalNode, WhoCanRow } from '../../../graph/index.ts'
import { DECISION_ORDER, engineOfAction, findResource } from '../../estate/ask.ts'
import { withEstate } from '../../estate/open-estate.ts'
import { answerJson } from '../answer-json.ts'
import { envelope } from '../envelope.ts'
import { decisionWord } from '../render-answer.ts'
import { count, printable, shorten, wrap } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly limit: string
}

export const whoCan: Verb = {
  configure(command, run) {
    command
      .argument('<action>', 's3:GetObject, storage.objects.get, Microsoft.Storage/…/read')
      .argument('<resource>', 'part of a name, or the cloud’s own name of it')
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .option('--limit <n>', 'principals shown for each decision', '40')
      .addHelpText(
        'after',
        `
Lists every principal that is allowed, allowed under conditions, or unknown.
Exit code 4 when someone is unknown.

Examples:
  gomeisa who-can s3:GetObject arn:aws:s3:::payroll-exports/2026.csv
  gomeisa who-can --json iam.serviceAccounts.getAccessToken etl-runner`,
      )
      .action((action: string, resource: string, options: Options) =>
        run(({ terminal, global }) =>
          withEstate(global.data, options.snapshot, async (estate) => {
            const engine = await engineOfAction(estate, action)
            const native = await findResource(estate, engine, resource)
            const rows = engine.whoCan(action, native)
            const nodes = await estate.nodes()
            if (global.json) {
              const answers = await Promise.all(
                rows.map(async (row) => ({
                  principals: row.principals,
                  ...(await answerJson(estate, row.answer)),
                })),
              )
              terminal.out(
                JSON.stringify(
                  envelope('who-can', estate.snapshot, { action, resource: native, answers }),
                  null,
                  2,
                ),
              )
              return partial(rows)
            }
            terminal.out(wrap(printable(`${action} on ${native}`), terminal.width, '  '))
            const limit = Number(options.limit)
            for (const decision of DECISION_ORDER) {
              const fitting = rows.filter((row) => row.answer.decision === decision)
              const principals = fitting.flatMap((row) =>
                row.principals
                  .map((id) => ({ row, node: nodes.get(id) }))
                  .filter((each) => each.node?.kind === 'principal'),
              )
              if (principals.length === 0) continue
              terminal.out(`\n${decisionWord(terminal, decision)}  ${count(principals.length, 'principal')}`)
              for (const { row, node } of principals.slice(0, limit)) {
                if (node?.kind === 'principal')
                  terminal.out(principalLine(terminal.width, node, scopeName(nodes, node), row))
              }
              if (principals.length > limit)
                terminal.out(`  … and ${count(principals.length - limit, 'more', 'more')} (--limit)`)
            }
            if (rows.length === 0) terminal.out('\nnobody')
            return partial(rows)
          }),
        ),
      )
  },
}

function partial(rows: readonly WhoCanRow[]) {
  return rows.some((row) => row.answer.decision === ('unknown' satisfies Decision)) ? EXIT.partial : EXIT.ok
}

function scopeName(nodes: ReadonlyMap<string, { readonly name: string }>, node: PrincipalNode): string {
  return node.scope === null ? '' : (nodes.get(node.scope)?.name ?? '')
}

function principalLine(width: number, node: PrincipalNode, scope: string, row: WhoCanRow): string {
  const name = shorten(printable(node.name), 34).padEnd(34)
  const kind = `${node.type} ${scope}`
  const tail = row.answer.decision === 'allowed' ? '' : ` ${why(row)}`
  return shorten(`  ${name}  ${shorten(printable(kind), 30).padEnd(30)}${printable(tail)}`, width).trimEnd()
}

function why({ answer }: WhoCanRow): string {
  if (answer.decision === 'unknown') return answer.missing[0].what
  return answer.decision === 'allowed-if' ? answer.conditions[0].says : ''
}
