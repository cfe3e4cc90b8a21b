import type { AttackGraph, ReachMap } from '../../analyzer/index.ts'
import { attackGraph, jewelReach } from '../../analyzer/index.ts'
import type { Edge, Finding, GraphNode, IdentityRisk, Instant, NodeId, Severity } from '../../graph/index.ts'
import { SEVERITIES } from '../../graph/index.ts'
import type { OpenEstate } from './open-estate.ts'

/** An estate with everything that pages, reports and headlines are made of, in memory. */
export interface Assessment {
  readonly estate: OpenEstate
  readonly takenAt: Instant
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  readonly edges: readonly Edge[]
  /** Worst first. */
  readonly findings: readonly Finding[]
  readonly findingsOf: ReadonlyMap<NodeId, readonly Finding[]>
  /** Highest first. */
  readonly risks: readonly IdentityRisk[]
  readonly riskOf: ReadonlyMap<NodeId, IdentityRisk>
  readonly attack: AttackGraph
  /** By crown jewel: who reaches it. */
  readonly reach: ReachMap
}

export async function assess(estate: OpenEstate): Promise<Assessment> {
  const [nodes, edges, findings, risks] = await Promise.all([
    estate.nodes(),
    estate.edges(),
    estate.findings(),
    estate.risks(),
  ])
  const attack = attackGraph(nodes, edges, estate.summary.crownJewels)
  return {
    estate,
    takenAt: estate.summary.takenAt,
    nodes,
    edges,
    findings,
    findingsOf: Map.groupBy(findings, (finding) => finding.subject),
    risks,
    riskOf: new Map(risks.map((risk) => [risk.node, risk])),
    attack,
    reach: jewelReach(attack),
  }
}

/** How many findings of each severity. */
export function severityCounts(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { info: 0, low: 0, medium: 0, high: 0, critical: 0 }
  for (const finding of findings) counts[finding.severity]++
  return counts
}

/** The worst severity, `null` for none. */
export function worstOf(findings: readonly Finding[]): Severity | null {
  let worst = -1
  for (const finding of findings) worst = Math.max(worst, SEVERITIES.indexOf(finding.severity))
  return SEVERITIES[worst] ?? null
}
