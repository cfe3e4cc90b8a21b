import { findNamed } from '../../estate/named.ts'
import { powersOf } from '../../estate/powers.ts'
import { envelope } from '../envelope.ts'
import { commandLine, quoted } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { fromWords, withAsked, withEstateChoice, type EstateChoice } from '../asked-estate.ts'
import { limitOf } from '../options.ts'
import { renderPowers } from '../render-powers.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options extends EstateChoice {
  readonly on?: string
  readonly limit: string
}

export const whatCan: Verb = {
  configure(command, run) {
    withEstateChoice(command)
      .argument('<principal>', 'part of a name, e-mail, ARN or id')
      .option('--on <resource>', 'only on this resource and what it holds (then exact for them)')
      .option('--limit <n>', 'rows of each identity, or `all`; --json gives all', '20')
      .addHelpText(
        'after',
        `
Without --on: one row for each resource pattern that its policies name, the most
actions first. A row can overlap another; together they are all it has. A person
is shown as every account that is certainly theirs, or is under a condition, and
as every role they sign in to.
With --on, AWS actions that are never about such a resource are left out.
Exit code 4 when a row is unknown.

Examples:
  gomeisa what-can ci-deploy
  gomeisa what-can ana@example.com --on payroll-exports --json`,
      )
      .action((text: string, options: Options) =>
        run((context) => {
          const { terminal, global } = context
          const limit = limitOf(options.limit)
          return withAsked(context, options, async (estate) => {
            const named = await findNamed(estate, text)
            const all = await powersOf(estate, named, options.on)
            if (global.json) {
              const answers = all.map(({ as, administers, powers }) => ({
                as: as.id,
                administers: estate.isAnalysed ? administers.map((container) => container.id) : null,
                privileges: powers,
              }))
              const identities = named.identities.map((identity) => identity.id)
              const maybe = named.maybe.map(({ identity, conditions }) => ({
                identity: identity.id,
                conditions,
              }))
              const links = named.links.map(({ from, to, rule, says, certainty, conditions }) => {
                return { from, to, rule, says, certainty, conditions }
              })
              const result = { principal: named.identities[0].id, identities, maybe, links, answers }
              terminal.out(jsonText(envelope('what-can', estate.snapshot, result)))
            } else {
              if (!estate.isAnalysed) terminal.note(NOT_ANALYSED)
              renderPowers(terminal, named, all, await estate.nodes(), limit)
              const question = commandLine(
                global,
                'can',
                quoted(text),
                'ACTION',
                'RESOURCE',
                ...fromWords(options),
              )
              terminal.note(`next: ${question} gives the proof`)
            }
            const unknown = all.some(({ powers }) => powers.some((row) => row.decision === 'unknown'))
            return unknown ? EXIT.partial : EXIT.ok
          })
        }),
      )
  },
}

const NOT_ANALYSED = 'which accounts it could take over is told of an analysed store, not with --from'
