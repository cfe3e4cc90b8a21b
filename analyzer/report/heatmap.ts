import { type Finding, type NodeId, SEVERITIES, type Severity } from '../../graph/index.ts'
import { worse } from '../findings/merge.ts'
import { rulePlace } from './totals.ts'

export interface HeatmapCell {
  readonly count: number
  /** The worst severity in the cell; `null` for none. */
  readonly worst: Severity | null
}

/** Findings by container and rule. */
export interface Heatmap {
  /** Rules that occur, in the order in which rules are shown. */
  readonly columns: readonly { readonly rule: string; readonly title: string }[]
  /** Worst container first; `null` is what counts for no container. Cells by column. */
  readonly rows: readonly { readonly scope: NodeId | null; readonly cells: readonly HeatmapCell[] }[]
  /** Containers with findings beyond those shown. */
  readonly more: number
}

interface Row {
  readonly cells: Map<string, HeatmapCell>
  /** Findings by severity, worst first. */
  readonly counts: number[]
}

function emptyRow(): Row {
  return { cells: new Map(), counts: SEVERITIES.map(() => 0) }
}

const NONE: HeatmapCell = { count: 0, worst: null }

/** The worst `limit` containers: by the number of critical findings, then of high ones, and so on. */
export function heatmap(findings: readonly Finding[], limit: number): Heatmap {
  const titles = new Map<string, string>()
  const scopes = new Map<NodeId | null, Row>()
  for (const finding of findings) {
    titles.set(finding.rule, finding.title)
    const row = scopes.get(finding.scope) ?? emptyRow()
    scopes.set(finding.scope, row)
    const cell = row.cells.get(finding.rule) ?? NONE
    row.cells.set(finding.rule, {
      count: cell.count + 1,
      worst: cell.worst === null ? finding.severity : worse(cell.worst, finding.severity),
    })
    const place = SEVERITIES.length - 1 - SEVERITIES.indexOf(finding.severity)
    row.counts[place] = (row.counts[place] ?? 0) + 1
  }
  const columns = [...titles]
    .map(([rule, title]) => ({ rule, title }))
    .sort((a, b) => rulePlace(a.rule) - rulePlace(b.rule))
  const rows = [...scopes].sort(([a, x], [b, y]) => {
    const place = x.counts.findIndex((count, i) => count !== y.counts[i])
    if (place >= 0) return (y.counts[place] ?? 0) - (x.counts[place] ?? 0)
    return (a ?? '') < (b ?? '') ? -1 : 1
  })
  return {
    columns,
    rows: rows.slice(0, limit).map(([scope, { cells }]) => ({
      scope,
      cells: columns.map(({ rule }) => cells.get(rule) ?? NONE),
    })),
    more: Math.max(0, rows.length - limit),
  }
}
