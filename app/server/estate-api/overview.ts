import type { Finding, Gap } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import type { Headline } from '../../../analyzer/index.ts'
import { heatmap } from '../../../analyzer/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import { severityCounts } from '../../estate/assessment.ts'
import type { ApiOverview, ApiRankedIdentity } from '../api.ts'
import type { NodeRefs } from './node-refs.ts'

const HEATMAP_ROWS = 40
const RISKIEST = 50

export function answerOverview(
  current: Assessment,
  previous: Assessment | undefined,
  headlines: readonly Headline[],
  refs: NodeRefs,
): ApiOverview {
  const { summary } = current.estate
  return {
    snapshot: { id: summary.snapshot, takenAt: summary.takenAt },
    previous:
      previous === undefined
        ? null
        : { id: previous.estate.summary.snapshot, takenAt: previous.estate.summary.takenAt },
    headlines,
    counts: {
      principals: summary.principals,
      people: summary.people,
      resources: summary.resources,
      containers: summary.containers,
      findings: severityCounts(current.findings),
      gaps: summary.gaps.length,
      notEvaluated: summary.notEvaluated.reduce((n, each) => n + each.count, 0),
    },
    heatmap: heatmapOf(current.findings, refs),
    riskiest: current.risks.slice(0, RISKIEST).map((risk): ApiRankedIdentity => {
      const before = previous?.nodes.has(risk.node)
      return {
        identity: refs.ref(risk.node),
        score: risk.score,
        because: risk.because,
        findings: severityCounts(current.findingsOf.get(risk.node) ?? []),
        isNew: before === false,
      }
    }),
    gaps: summary.gaps.map((gap) => ({ ...gap, scope: scopeName(gap, current.nodes) })),
    notEvaluated: summary.notEvaluated,
  }
}

/** The name of the container that a gap is in, where one is known; empty for a gap that is in no one place. */
function scopeName({ cloud, scope }: Gap, nodes: Assessment['nodes']): string {
  return scope === '*' ? '' : (nodes.get(nodeId(cloud, scope))?.name ?? scope)
}

/** The report's heatmap, without what counts for no container. */
function heatmapOf(findings: readonly Finding[], refs: NodeRefs): ApiOverview['heatmap'] {
  const { columns, rows } = heatmap(findings, Infinity)
  const shown = rows.flatMap(({ scope, cells }) =>
    scope === null ? [] : [{ scope: refs.ref(scope), cells }],
  )
  return { columns, rows: shown.slice(0, HEATMAP_ROWS) }
}
