import type { Origin, ReportInput } from '../../analyzer/index.ts'
import { headlines } from '../../analyzer/index.ts'
import type { Derivation, SourceRef } from '../../graph/index.ts'
import { packageVersion } from '../package-root.ts'
import type { Assessment } from './assessment.ts'

/** What reports are made of, with the line of every piece of evidence looked up beforehand: reports are pure. */
export async function reportInput(
  current: Assessment,
  previous: Assessment | undefined,
): Promise<ReportInput> {
  const { estate, nodes, findings, risks } = current
  const places = await placesOf(current)
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
    describe: (ref) => places.get(key(ref)) ?? { origin: 'unknown source' },
  }
}

async function placesOf({ estate, findings }: Assessment): Promise<Map<string, Origin>> {
  const refs = new Map<string, SourceRef>()
  const facts: Derivation[] = findings.flatMap((finding) => [...finding.evidence])
  // Grows while it is walked: what a fact is derived from is visited after it.
  for (const fact of facts) {
    if (fact.type === 'observed') refs.set(key(fact.at), fact.at)
    else facts.push(...fact.from)
  }
  const places = new Map<string, Origin>()
  // By source, so that each file is decompressed once.
  for (const ref of [...refs.values()].sort((a, b) => a.source - b.source)) {
    const { origin, line } = await estate.line(ref)
    places.set(key(ref), line === undefined ? { origin } : { origin, line })
  }
  return places
}

function key(ref: SourceRef): string {
  return `${ref.source} ${ref.pointer}`
}
