import { cloudOf, CLOUDS, type Gap, type PerCloud } from '../../../graph/index.ts'
import { awsCoverage } from './aws.ts'
import { azureCoverage } from './azure.ts'
import type { Coverage, Seen } from './coverage.ts'
import { gcpCoverage } from './gcp.ts'

const COVERAGE: PerCloud<Coverage> = { aws: awsCoverage, gcp: gcpCoverage, azure: azureCoverage }

/**
 * All gaps of an import: those found in the files, and what its clouds' tables miss. A gap that was found stands for
 * the same one missed: `refused` says more than `not-collected`. Calls that were refused one by one are all kept.
 */
export function coverageOf(seen: readonly Seen[], found: readonly Gap[]): Gap[] {
  const gaps = new Map<string, Map<string, Gap>>()
  const missed = CLOUDS.flatMap((cloud) => {
    const own = seen.filter((source) => cloudOf(source.kind) === cloud)
    return own.length === 0 ? [] : COVERAGE[cloud](own)
  })
  for (const gap of [...found, ...missed]) {
    const key = JSON.stringify([gap.cloud, gap.scope, gap.what])
    const known = gaps.get(key) ?? new Map<string, Gap>()
    const [first] = known.values()
    if (first !== undefined && RANK[gap.kind] < RANK[first.kind]) known.clear()
    const isSaid = first !== undefined && (RANK[gap.kind] > RANK[first.kind] || gap.kind !== 'refused')
    if (!isSaid || known.size === 0) known.set(gap.consequence, gap)
    gaps.set(key, known)
  }
  return [...gaps.values()].flatMap((same) => [...same.values()])
}

const RANK: Readonly<Record<Gap['kind'], number>> = { refused: 0, truncated: 1, 'not-collected': 2 }
