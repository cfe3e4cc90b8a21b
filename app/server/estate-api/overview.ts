import type { Finding, NodeId } from '../../../graph/index.ts'
import type { Headline } from '../../../analyzer/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import { severityCounts, worstOf } from '../../estate/assessment.ts'
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
    heatmap: heatmap(current.findings, refs),
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
    gaps: summary.gaps,
    notEvaluated: summary.notEvaluated,
  }
}

function heatmap(findings: readonly Finding[], refs: NodeRefs): ApiOverview['heatmap'] {
  const columns = [...Map.groupBy(findings, (finding) => finding.rule)].map(([rule, of]) => ({
    rule,
    title: of[0]?.title ?? rule,
  }))
  const byScope = new Map<NodeId, Finding[]>()
  for (const finding of findings) {
    if (finding.scope === null) continue
    const known = byScope.get(finding.scope)
    if (known) known.push(finding)
    else byScope.set(finding.scope, [finding])
  }
  const weight = (of: readonly Finding[]) => {
    const counts = severityCounts(of)
    return [counts.critical, counts.high, counts.medium, counts.low] as const
  }
  const worstFirst = [...byScope].sort(([a, x], [b, y]) => {
    const [left, right] = [weight(x), weight(y)]
    const at = left.findIndex((n, i) => n !== right[i])
    return at < 0 ? (a < b ? -1 : 1) : (right[at] ?? 0) - (left[at] ?? 0)
  })
  return {
    columns,
    rows: worstFirst.slice(0, HEATMAP_ROWS).map(([scope, of]) => ({
      scope: refs.ref(scope),
      cells: columns.map(({ rule }) => {
        const cell = of.filter((finding) => finding.rule === rule)
        return { count: cell.length, worst: worstOf(cell) }
      }),
    })),
  }
}
