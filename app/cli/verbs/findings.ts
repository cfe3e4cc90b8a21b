import { FINDING_RULES } from '../../../analyzer/index.ts'
import type { Finding } from '../../../graph/index.ts'
import { GomeisaError, SEVERITIES } from '../../../graph/index.ts'
import { withEstate } from '../../estate/open-estate.ts'
import { placesOf } from '../../estate/places.ts'
import { envelope } from '../envelope.ts'
import { atLeast, failing } from '../fail-on.ts'
import { commandLine } from '../hint.ts'
import { jsonText } from '../json-text.ts'
import { limitOf, severityOf, withSnapshot } from '../options.ts'
import { count } from '../plain-text.ts'
import { evidenceJson } from '../render-evidence.ts'
import { findingCounts, renderFindings } from '../render-findings.ts'
import type { Verb } from '../verb.ts'

interface Options {
  readonly snapshot?: string
  readonly failOn?: string
  readonly severity?: string
  readonly rule?: string
  readonly limit: string
}

export const findings: Verb = {
  configure(command, run) {
    withSnapshot(command)
      .option('--severity <level>', `only this severity and worse: ${SEVERITIES.join(', ')}`)
      .option('--rule <id>', 'only this rule (docs/findings.md)')
      .option('--fail-on <level>', 'exit code 3 when a finding shown is of this severity or worse')
      .option('--limit <n>', 'findings shown, or `all`; --json gives all', '30')
      .addHelpText(
        'after',
        `
Examples:
  gomeisa findings
  gomeisa findings --rule public-access --json
  gomeisa findings --fail-on critical      # in a pipeline`,
      )
      .action((options: Options) =>
        run(({ terminal, global }) => {
          const limit = limitOf(options.limit)
          const fits = filterOf(options)
          // Wrong words are told before any work.
          failing([], options.failOn)
          return withEstate(global.data, options.snapshot, async (estate) => {
            const shown = (await estate.findings()).filter(fits)
            if (global.json) {
              const placeOf = await placesOf(
                estate,
                shown.flatMap(({ evidence }) => evidence),
              )
              const rows = shown.map((finding) => ({
                ...finding,
                evidence: finding.evidence.map((each) => evidenceJson(each, placeOf)),
              }))
              const result = { total: rows.length, findings: rows }
              terminal.out(jsonText(envelope('findings', estate.snapshot, result)))
            } else {
              renderFindings(terminal, shown.slice(0, limit))
              if (shown.length > limit) {
                terminal.out(`… and ${count(shown.length - limit, 'more', 'more')} (--limit all)`)
              }
              terminal.out(findingCounts(shown))
              const first = shown[0]?.id.slice(0, 8)
              if (first !== undefined) {
                terminal.note(`next: ${commandLine(global, 'explain', first)} shows the proof and the remedy`)
              }
            }
            return failing(shown, options.failOn)
          })
        }),
      )
  },
}

function filterOf({ severity, rule }: Options): (finding: Finding) => boolean {
  const bad = severity === undefined ? undefined : atLeast(severityOf(severity))
  if (rule !== undefined && !FINDING_RULES.some(({ id }) => id === rule)) {
    throw new GomeisaError('USAGE', `\`${rule}\` is no rule`, {
      remedy: 'docs/findings.md explains each rule',
      candidates: FINDING_RULES.map(({ id }) => id),
    })
  }
  return (finding) => (bad?.(finding) ?? true) && (rule === undefined || finding.rule === rule)
}
