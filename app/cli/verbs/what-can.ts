import type { Privilege } from '../../../graph/index.ts'
import { CLOUDS } from '../../../graph/index.ts'
import { actorsOf, findPrincipal, findResource } from '../../estate/ask.ts'
import { withEstate } from '../../estate/open-estate.ts'
import { summariseActions } from '../../estate/summarise-actions.ts'
import { envelope } from '../envelope.ts'
import { decisionWord } from '../render-answer.ts'
import { count, printable, shorten, wrap } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly on?: string
  readonly limit: string
}

export const whatCan: Verb = {
  configure(command, run) {
    command
      .argument('<principal>', 'part of a name, e-mail, ARN or id')
      .option('--on <resource>', 'only on this resource (then the answer is exact for it)')
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .option('--limit <n>', 'rows shown', '30')
      .addHelpText(
        'after',
        `
Without --on: one row for each resource pattern that its policies name. A row can
overlap another; together they are all it has. Exit code 4 when a row is unknown.

Examples:
  gomeisa what-can ci-deploy
  gomeisa what-can ana@example.com --on payroll-exports --json`,
      )
      .action((text: string, options: Options) =>
        run(({ terminal, global }) =>
          withEstate(global.data, options.snapshot, async (estate) => {
            const principal = await findPrincipal(estate, text)
            const answers: {
              as: string
              name: string
              type: string
              rows: readonly Privilege[]
              names: (p: Privilege) => readonly string[]
            }[] = []
            for (const cloud of CLOUDS) {
              const engine = await estate.engine(cloud)
              if (engine === undefined) continue
              const on =
                options.on === undefined || cloud !== principal.cloud
                  ? undefined
                  : await findResource(estate, engine, options.on)
              for (const actor of await actorsOf(estate, engine, principal)) {
                const rows = engine.whatCan(actor.id, on)
                const names = (p: Privilege) => [...engine.universe.namesOf(p.actions), ...p.unlisted]
                answers.push({ as: actor.id, name: actor.name, type: actor.type, rows, names })
              }
            }
            const unknown = answers.some(({ rows }) => rows.some((row) => row.decision === 'unknown'))
            if (global.json) {
              const result = {
                principal: principal.id,
                answers: answers.map(({ as, rows, names }) => ({
                  as,
                  privileges: rows.map((row) => ({
                    resources: row.resources,
                    actions: names(row),
                    decision: row.decision,
                    conditions: row.conditions,
                  })),
                })),
              }
              terminal.out(JSON.stringify(envelope('what-can', estate.snapshot, result), null, 2))
              return unknown ? EXIT.partial : EXIT.ok
            }
            for (const { name, type, rows, as, names } of answers) {
              terminal.out(
                terminal.style(
                  'bold',
                  printable(as === principal.id ? principal.name : `${principal.name} as ${type} ${name}`),
                ),
              )
              if (rows.length === 0) terminal.out('  nothing')
              for (const row of rows.slice(0, Number(options.limit))) {
                const [resource, ...more] = row.resources
                const where = `${shorten(printable(resource), terminal.width - 30)}${more.length > 0 ? ` and ${more.length} more` : ''}`
                const all = names(row)
                terminal.out(
                  `  ${decisionWord(terminal, row.decision)}  ${where}  ${terminal.style('dim', count(all.length, 'action'))}`,
                )
                const listed = summariseActions(all, 6).join(', ')
                terminal.out(`    ${wrap(printable(listed), terminal.width - 4, '    ')}`)
                for (const condition of row.conditions.slice(0, 3)) {
                  terminal.out(`    if ${wrap(printable(condition.says), terminal.width - 7, '       ')}`)
                }
              }
              if (rows.length > Number(options.limit))
                terminal.out(`  … and ${rows.length - Number(options.limit)} more rows (--limit)`)
            }
            if (answers.length === 0) terminal.out('nothing: no imported policy names it')
            return unknown ? EXIT.partial : EXIT.ok
          }),
        ),
      )
  },
}
