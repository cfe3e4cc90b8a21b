import {
  type ContainerNode,
  type Finding,
  type GraphNode,
  type Instant,
  type NodeId,
  type PrincipalNode,
  SEVERITIES,
  typeInWords,
} from '../../graph/index.ts'
import type { AdministratorFact, PassAnyRoleFact, PrivilegedFact } from '../findings/fact.ts'
import { FINDING_RULES } from '../findings/registry.ts'
import { idle } from '../findings/idle.ts'
import { environmentOf } from '../findings/scope.ts'
import { counted, nameOf } from '../findings/words.ts'
import {
  ASSUMED,
  BLAST_PARTIAL,
  BLAST_PRODUCTION,
  BLAST_WEIGHTS,
  EXCESS_DAYS,
  HOP_LIMIT,
  HYGIENE_WEIGHTS,
  REACH_HALF,
} from './constants.ts'
import { type WayTally, sumOf, wayWeight } from './way-tally.ts'
import { type Interval, NOTHING, exactly, through, together } from './interval.ts'

export type PowerFact = AdministratorFact | PrivilegedFact | PassAnyRoleFact

/** One sub-score and the words that explain it, most telling first. */
export interface SubScore extends Interval {
  readonly because: readonly string[]
}

const RULES = new Map(FINDING_RULES.map((rule, place) => [rule.id, { rule, place }]))

/** Crown jewels within reach. Saturating: the first few matter most, and one more never lowers it. */
export function reachScore(ways: WayTally | undefined, nodes: ReadonlyMap<NodeId, GraphNode>): SubScore {
  if (ways === undefined) return { ...NOTHING, because: [] }
  const sums: Interval = {
    low: sumOf(ways, (way) => (way.certainty === 'unknown' ? 0 : wayWeight(way))),
    value: sumOf(ways, wayWeight),
    high: sumOf(ways, (way) =>
      wayWeight(way.certainty === 'unknown' ? { ...way, certainty: 'certain' } : way),
    ),
  }
  // The best way may be an uncertain short one: whether any is certain is told by the counts.
  const certain = ways.counts.subarray(0, HOP_LIMIT).some((count) => count > 0)
  const verb = certain ? 'reaches' : 'may reach'
  const name = nameOf(nodes, ways.best.node)
  const which = ways.total === 1 ? name : `${counted(ways.total, 'crown jewel')}, ${name} among them`
  return { ...through(sums, (x) => x / (x + REACH_HALF)), because: [`${verb} ${which}`] }
}

/** What it holds itself: administration and far-reaching rights, each scope once with the strongest of its facts. */
export function blastScore(facts: readonly PowerFact[], nodes: ReadonlyMap<NodeId, GraphNode>): SubScore {
  const scopes = new Map<NodeId, Interval>()
  for (const fact of facts) {
    const full = share(fact, nodes)
    const assumed = fact.assumes.length > 0
    const known = scopes.get(fact.scope) ?? NOTHING
    scopes.set(fact.scope, {
      low: Math.max(known.low, assumed ? 0 : full),
      value: Math.max(known.value, assumed ? full * ASSUMED : full),
      high: Math.max(known.high, full),
    })
  }
  return { ...together([...scopes.values()]), because: powerWords(facts, nodes) }
}

function share(fact: PowerFact, nodes: ReadonlyMap<NodeId, GraphNode>): number {
  const base = BLAST_WEIGHTS[containerType(fact.scope, nodes)]
  const scope = environmentOf(nodes, fact.scope) === 'production' ? Math.max(base, BLAST_PRODUCTION) : base
  if (fact.fact === 'administrator') return scope
  return scope * (fact.fact === 'privileged' ? BLAST_PARTIAL.privileged : BLAST_PARTIAL.passAnyRole)
}

/** A scope that was never described counts as an account. */
function containerType(scope: NodeId, nodes: ReadonlyMap<NodeId, GraphNode>): ContainerNode['type'] {
  const node = nodes.get(scope)
  return node?.kind === 'container' ? node.type : 'account'
}

function containerWord(scope: NodeId, nodes: ReadonlyMap<NodeId, GraphNode>): string {
  const node = nodes.get(scope)
  return node === undefined ? 'account' : typeInWords(node)
}

function powerWords(facts: readonly PowerFact[], nodes: ReadonlyMap<NodeId, GraphNode>): string[] {
  const words: string[] = []
  const kinds = [
    ['administrator', 'administers'],
    ['privileged', 'has far-reaching rights in'],
    ['pass-any-role', 'may hand any role to a service in'],
  ] as const
  const said = new Set<NodeId>()
  for (const [kind, verb] of kinds) {
    const mine = new Set(facts.filter((f) => f.fact === kind && !said.has(f.scope)).map((f) => f.scope))
    for (const type of ['organization', 'folder', 'account', 'group'] as const) {
      const scopes = [...mine].filter((scope) => containerType(scope, nodes) === type).sort()
      for (const [word, some] of Map.groupBy(scopes, (scope) => containerWord(scope, nodes))) {
        const [only] = some
        if (only === undefined) continue
        words.push(
          some.length === 1
            ? `${verb} ${word} ${nameOf(nodes, only)}`
            : `${verb} ${counted(some.length, word)}`,
        )
      }
    }
    for (const scope of mine) said.add(scope)
  }
  return words
}

/** How much of what it holds is not used. Without usage that is unknown, from nothing to everything. */
export function excessScore(principal: PrincipalNode, now: Instant): SubScore {
  if (principal.lastUsed === 'never') return { ...exactly(1), because: ['never used'] }
  const days = idle(principal, now)?.days ?? 0
  if (days <= EXCESS_DAYS) return { low: 0, value: 0, high: 1, because: [] }
  return { ...exactly(1), because: [Number.isFinite(days) ? `not used for ${days} days` : 'never used'] }
}

/** How easily it is taken over: its findings, those left out that restate its power or that it is not used. */
export function hygieneScore(findings: readonly Finding[], principal: PrincipalNode): SubScore {
  const telling = findings
    .map((finding) => ({ finding, row: RULES.get(finding.rule) }))
    .filter(({ row }) => row === undefined || row.rule.tells === 'hygiene')
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(b.finding.severity) - SEVERITIES.indexOf(a.finding.severity) ||
        (a.row?.place ?? 0) - (b.row?.place ?? 0),
    )
  const parts = telling.map(({ finding }): Interval => {
    const full = HYGIENE_WEIGHTS[finding.severity]
    return finding.confidence === 'certain' ? exactly(full) : { low: 0, value: full * ASSUMED, high: full }
  })
  // Whether a person has a second factor is often not exported: it could be as bad as not having one.
  if (principal.human === true && principal.mfa === undefined) {
    parts.push({ low: 0, value: 0, high: HYGIENE_WEIGHTS.critical })
  }
  const titles = new Map<string, number>()
  for (const { finding } of telling) titles.set(finding.title, (titles.get(finding.title) ?? 0) + 1)
  const because = [...titles].map(([title, count]) => (count === 1 ? title : `${title} (${count})`))
  return { ...together(parts), because: because.map((text) => text.charAt(0).toLowerCase() + text.slice(1)) }
}
