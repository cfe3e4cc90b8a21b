import type { Finding, GraphNode, IdentityRisk, Instant, NodeId, PrincipalNode } from '../../graph/index.ts'
import type { Fact } from '../findings/fact.ts'
import type { ReachMap } from '../paths/reach.ts'
import { push } from '../multimap.ts'
import { type WayTally, tallies } from './way-tally.ts'
import { DISABLED, HYGIENE_FLOOR, SUB_SCORE_WEIGHTS } from './constants.ts'
import { type Interval, larger, through, times, together } from './interval.ts'
import {
  type PowerFact,
  type SubScore,
  blastScore,
  excessScore,
  hygieneScore,
  reachScore,
} from './sub-scores.ts'

/** The score of one identity with the sub-scores that it is made of. */
export interface ExplainedRisk extends IdentityRisk {
  readonly parts: {
    readonly reach: SubScore
    readonly blast: SubScore
    readonly excess: SubScore
    readonly hygiene: SubScore
  }
}

export interface RiskInput {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
  readonly facts: readonly Fact[]
  readonly findings: readonly Finding[]
  readonly reach: ReachMap
  /** When the snapshot was taken. */
  readonly now: Instant
}

/**
 * Identities by risk, worst first; those without any known power or finding are left out, their score is 0. One more
 * privilege, finding or way to a crown jewel never lowers a score. The model is described in `docs/risk.md`.
 */
export function rankIdentities(input: RiskInput): ExplainedRisk[] {
  const ways = tallies(input.reach)
  const powers = new Map<NodeId, PowerFact[]>()
  for (const fact of input.facts) {
    if (fact.fact === 'administrator' || fact.fact === 'privileged' || fact.fact === 'pass-any-role') {
      push(powers, fact.principal, fact)
    }
  }
  const findings = new Map<NodeId, Finding[]>()
  for (const finding of input.findings) push(findings, finding.subject, finding)
  const rows: ExplainedRisk[] = []
  for (const id of new Set([...ways.keys(), ...powers.keys(), ...findings.keys()])) {
    const node = input.nodes.get(id)
    if (node?.kind !== 'principal' || node.many === true) continue
    rows.push(scoreOf(node, input, ways.get(id), powers.get(id) ?? [], findings.get(id) ?? []))
  }
  return rows.sort(
    (a, b) => b.score - a.score || b.high - a.high || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0),
  )
}

function scoreOf(
  principal: PrincipalNode,
  { nodes, now }: RiskInput,
  ways: WayTally | undefined,
  powers: readonly PowerFact[],
  found: readonly Finding[],
): ExplainedRisk {
  const parts = {
    reach: reachScore(ways, nodes),
    blast: blastScore(powers, nodes),
    excess: excessScore(principal, now),
    hygiene: hygieneScore(found, principal),
  }
  // Excess and hygiene matter by what can be lost: an unused identity without power is harmless.
  const power = larger(parts.reach, parts.blast)
  const weighted: readonly (readonly [Interval, number])[] = [
    [parts.reach, SUB_SCORE_WEIGHTS.reach],
    [parts.blast, SUB_SCORE_WEIGHTS.blast],
    [times(parts.excess, power), SUB_SCORE_WEIGHTS.excess],
    [
      times(
        parts.hygiene,
        through(power, (x) => HYGIENE_FLOOR + (1 - HYGIENE_FLOOR) * x),
      ),
      SUB_SCORE_WEIGHTS.hygiene,
    ],
  ]
  const factor = principal.enabled === false ? DISABLED : 1
  const score = together(weighted.map(([part, weight]) => through(part, (x) => x * weight)))
  const { low, value, high } = through(score, (x) => Math.round(100 * factor * x))
  const because = [
    ...(principal.enabled === false ? ['disabled'] : []),
    ...[parts.blast, parts.reach].sort((a, b) => b.value - a.value).flatMap((part) => part.because),
    ...parts.hygiene.because,
    ...(power.high > 0 ? parts.excess.because : []),
  ]
  return { node: principal.id, score: value, low, high, because, parts }
}
