import type { ReportInput } from '../../analyzer/index.ts'
import { headlines } from '../../analyzer/index.ts'
import { packageVersion } from '../package-root.ts'
import type { Assessment } from './assessment.ts'
import { placesOf } from './places.ts'

/** What reports are made of, with the line of every piece of evidence looked up beforehand: reports are pure. */
export async function reportInput(
  current: Assessment,
  previous: Assessment | undefined,
): Promise<ReportInput> {
  const { estate, nodes, findings, risks } = current
  return {
    version: packageVersion(),
    summary: estate.summary,
    nodes,
    findings,
    ranked: risks,
    headlines: headlines({ current, previous: previous ?? null }),
    previous: previous
      ? { takenAt: previous.takenAt, findings: new Set(previous.findings.map((finding) => finding.id)) }
      : null,
    describe: await placesOf(
      estate,
      findings.flatMap((finding) => finding.evidence),
    ),
  }
}
