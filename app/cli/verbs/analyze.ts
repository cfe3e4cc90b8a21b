import { chooseSnapshot } from '../../estate/open-estate.ts'
import { readPeopleMap } from '../../estate/people-map.ts'
import { analyzeSnapshot } from '../../estate/analyze-snapshot.ts'
import { GomeisaError, grouped, openEmbeddedStore, visible } from '../../../graph/index.ts'
import type { EstateSummary, Finding } from '../../../graph/index.ts'
import { SEVERITIES } from '../../../graph/index.ts'
import { envelope } from '../envelope.ts'
import { commandLine } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { withSnapshot } from '../options.ts'
import { count } from '../plain-text.ts'
import { renderGaps, renderNotEvaluated } from '../render-gaps.ts'
import { findingCounts } from '../render-findings.ts'
import type { Terminal } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly crownJewel: string[]
  readonly peopleMap?: string
}

export const analyzeVerb: Verb = {
  configure(command, run) {
    withSnapshot(command)
      .option(
        '--crown-jewel <pattern>',
        'a resource whose loss hurts most, by name or id with * (repeatable); tagged ones are found by themselves',
        (value: string, before: string[] | undefined) => [...(before ?? []), value],
      )
      .option('--people-map <file>', 'accounts that are one person’s, as you know it (docs/identities.md)')
      .addHelpText(
        'after',
        `
Computes who can really do what, how an attacker would use it, and what is
wrong, and keeps the result beside the snapshot. Nothing is asked of a cloud.
Exit code 4 when a call was refused to the exporter or a listing is cut off.

Examples:
  gomeisa analyze
  gomeisa analyze --crown-jewel 'arn:aws:s3:::payroll-*'`,
      )
      .action((options: Partial<Options>) =>
        run(async ({ terminal, global }) => {
          const people = options.peopleMap === undefined ? [] : readPeopleMap(options.peopleMap)
          const store = openEmbeddedStore(global.data, { create: false })
          try {
            const snapshot = chooseSnapshot(await store.snapshots(), options.snapshot)
            if (snapshot.sources.length === 0) {
              throw new GomeisaError('NO_SNAPSHOT', 'the snapshot holds nothing', {
                remedy: 'import exports: `gomeisa import PATH…`',
              })
            }
            const { summary, findings } = await analyzeSnapshot(store, snapshot, {
              jewels: options.crownJewel ?? [],
              people,
              progress: (step) => {
                terminal.progress(`analysing … ${step}`)
              },
            })
            terminal.progressDone()
            if (global.json) {
              const counts = Object.fromEntries(
                SEVERITIES.map((s) => [s, findings.filter((f) => f.severity === s).length]),
              )
              terminal.out(jsonText(envelope('analyze', snapshot, { ...summary, findings: counts })))
            } else {
              terminal.out(`snapshot ${snapshot.id.slice(0, 12)} taken ${snapshot.takenAt}`)
              renderSummary(terminal, summary, findings)
              terminal.note(`next: ${commandLine(global, 'findings')}, or ${commandLine(global, 'serve')}`)
            }
            return summary.gaps.some((gap) => gap.kind !== 'not-collected') ? EXIT.partial : EXIT.ok
          } finally {
            await store.close()
          }
        }),
      )
  },
}

/** Accounts that are one person's under conditions only are counted as two: how few people there may be is told. */
function peopleText({ people, peopleAtLeast }: EstateSummary): string {
  const least = people === peopleAtLeast ? '' : `, or as few as ${grouped(peopleAtLeast)}`
  return `${count(people, 'person', 'people')}${least}`
}

function renderSummary(terminal: Terminal, summary: EstateSummary, findings: readonly Finding[]): void {
  const counts = [
    `${count(summary.principals, 'principal')} (${peopleText(summary)})`,
    count(summary.resources, 'resource'),
    count(summary.containers, 'container'),
    count(summary.edges, 'relation'),
    count(summary.crownJewels.length, 'crown jewel'),
  ]
  terminal.block('  ', counts.join(', '))
  terminal.block('  ', visible(findingCounts(findings)))
  if (summary.unmatchedAccounts.length > 0) {
    terminal.block(
      '  not in the estate, told by the map of people: ',
      visible(summary.unmatchedAccounts.join(', ')),
    )
  }
  if (summary.notEvaluated.length + summary.gaps.length > 0)
    terminal.out(terminal.style('bold', 'what is not known'))
  renderNotEvaluated(terminal, summary.notEvaluated)
  renderGaps(terminal, summary.gaps)
}
