import type { Finding, Severity } from '../../graph/index.ts'
import { SEVERITIES } from '../../graph/index.ts'
import { severityOf } from './options.ts'
import type { ExitCode } from './verb.ts'
import { EXIT } from './verb.ts'

/** Exit code 3 when one of the findings is as severe as `--fail-on` says, or worse. Throws `USAGE` for an unknown word. */
export function failing(findings: readonly Finding[], failOn: string | undefined): ExitCode {
  if (failOn === undefined) return EXIT.ok
  return findings.some(atLeast(severityOf(failOn))) ? EXIT.findings : EXIT.ok
}

export function atLeast(severity: Severity): (finding: Finding) => boolean {
  const least = SEVERITIES.indexOf(severity)
  return (finding) => SEVERITIES.indexOf(finding.severity) >= least
}
