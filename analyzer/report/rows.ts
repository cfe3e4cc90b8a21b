import type { Finding, GraphNode, NodeId, Severity } from '../../graph/index.ts'
import { nameOf } from '../findings/words.ts'
import { type EvidenceLine, evidenceLines } from './evidence-lines.ts'
import type { ReportInput } from './model.ts'
import { isNew } from './totals.ts'

/** A node in a report for machines. */
export interface NodeRow {
  readonly id: NodeId
  readonly cloud: string
  readonly kind: GraphNode['kind'] | null
  readonly type: string | null
  readonly name: string
}

/** A finding in a report for machines: the same fields in JSON and JSON Lines. */
export interface FindingRow {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly isNew: boolean
  readonly subject: NodeRow
  readonly scope: NodeRow | null
  readonly says: string
  readonly confidence: Finding['confidence']
  readonly assumes: readonly string[]
  readonly evidence: readonly EvidenceLine[]
  readonly remedy: Finding['remedy']
}

export function findingRow(input: ReportInput, finding: Finding): FindingRow {
  return {
    id: finding.id,
    rule: finding.rule,
    title: finding.title,
    severity: finding.severity,
    isNew: isNew(input, finding),
    subject: nodeRow(input, finding.subject),
    scope: finding.scope === null ? null : nodeRow(input, finding.scope),
    says: finding.says,
    confidence: finding.confidence,
    assumes: finding.assumes,
    evidence: evidenceLines(finding.evidence, (ref) => input.describe(ref)),
    remedy: finding.remedy,
  }
}

export function nodeRow(input: ReportInput, id: NodeId): NodeRow {
  const node = input.nodes.get(id)
  return {
    id,
    cloud: id.slice(0, id.indexOf(':')),
    kind: node?.kind ?? null,
    type: node?.type ?? null,
    name: nameOf(input.nodes, id),
  }
}
