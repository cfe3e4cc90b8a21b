import { chooseSnapshot } from '../../estate/open-estate.ts'
import { analyzeSnapshot } from '../../estate/analyze-snapshot.ts'
import { GomeisaError, openEmbeddedStore } from '../../../graph/index.ts'
import type { EstateSummary, Finding } from '../../../graph/index.ts'
import { SEVERITIES } from '../../../graph/index.ts'
import { envelope } from '../envelope.ts'
import { renderGaps, renderNotEvaluated } from '../render-gaps.ts'
import type { Terminal } from '../terminal.ts'
import { count } from '../terminal.ts'
import type { Verb } from '../verb.ts'
import { EXIT } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly crownJewel: string[]
}

export const analyzeVerb: Verb = {
  configure(command, run) {
    command
      .option('--snapshot <id>', 'beginning of a snapshot id, or the day it was taken (default: newest)')
      .option(
        '--crown-jewel <pattern>',
        'a resource whose loss hurts most, by name or id with * (repeatable); tagged ones are found by themselves',
        (value: string, before: string[]) => [...before, value],
        [],
      )
      .addHelpText(
        'after',
        `
Computes who can really do what, how an attacker would use it, and what is wrong,
and keeps the result beside the snapshot. Nothing is asked of a cloud.

Examples:
  gomeisa analyze
  gomeisa analyze --crown-jewel 'arn:aws:s3:::payroll-*'`,
      )
      .action((options: Options) =>
        run(async ({ terminal, global }) => {
          const store = openEmbeddedStore(global.data, { create: false })
          try {
            const snapshot = chooseSnapshot(await store.snapshots(), options.snapshot)
            if (snapshot.sources.length === 0) {
              throw new GomeisaError('NO_SNAPSHOT', 'the snapshot holds nothing', {
                remedy: 'import exports',
              })
            }
            const { summary, findings } = await analyzeSnapshot(store, snapshot, {
              jewels: options.crownJewel,
              progress: (step) => {
                terminal.progress(`analysing … ${step}`)
              },
            })
            terminal.progressDone()
            if (global.json) {
              const counts = Object.fromEntries(
                SEVERITIES.map((s) => [s, findings.filter((f) => f.severity === s).length]),
              )
              terminal.out(
                JSON.stringify(envelope('analyze', snapshot, { ...summary, findings: counts }), null, 2),
              )
            } else {
              renderSummary(terminal, summary, findings)
              terminal.note('next: gomeisa findings, gomeisa who-can ACTION RESOURCE, gomeisa serve')
            }
            return summary.gaps.some((gap) => gap.kind !== 'not-collected') ? EXIT.partial : EXIT.ok
          } finally {
            await store.close()
          }
        }),
      )
  },
}

function renderSummary(terminal: Terminal, summary: EstateSummary, findings: readonly Finding[]): void {
  terminal.out(
    `${count(summary.principals, 'principal')} (${count(summary.people, 'person', 'people')}), ` +
      `${count(summary.resources, 'resource')}, ${count(summary.containers, 'container')}, ${count(summary.edges, 'relation')}`,
  )
  const counts = [...SEVERITIES]
    .reverse()
    .map((s) => `${findings.filter((f) => f.severity === s).length} ${s}`)
  terminal.out(`${count(findings.length, 'finding')}: ${counts.join(', ')}`)
  terminal.out(count(summary.crownJewels.length, 'crown jewel'))
  renderNotEvaluated(terminal, summary.notEvaluated)
  renderGaps(terminal, summary.gaps)
}
