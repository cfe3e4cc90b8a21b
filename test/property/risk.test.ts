import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../analyzer/findings/fact.ts'
import { findAll } from '../../analyzer/findings/find.ts'
import type { JewelGroup, Reach, ReachMap } from '../../analyzer/paths/reach.ts'
import { CERTAINTIES } from '../../analyzer/paths/traversal.ts'
import { type RiskInput, rankIdentities } from '../../analyzer/risk/score.ts'
import type { NodeId } from '../../graph/index.ts'
import { NOW, administrator, key, privileged } from '../unit/findings/facts.ts'
import { byId, container, id, person, principal, resource } from '../unit/paths/estate.ts'

const nodes = byId(
  container('acme', null, { type: 'organization' }),
  container('prod', 'acme', { environment: 'production' }),
  container('dev', 'acme', { environment: 'development' }),
  ...[0, 1, 2, 3, 4].map((n) => resource(`jewel${n}`, 'prod')),
  person('ana', { lastUsed: 'never' }),
  person('ben', { enabled: false }),
  principal('cid', 'dev'),
)
const who = fc.constantFrom('ana', 'ben', 'cid')
const scope = fc.constantFrom('acme', 'prod', 'dev')
const assumes = fc.constantFrom([], ['nothing is missing'])
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.tuple(who, scope, assumes).map(([w, s, a]) => administrator(w, s, 'Admin', a)),
  fc.tuple(who, scope).map(([w, s]) => privileged(w, s)),
  fc.tuple(who, fc.nat(3), fc.boolean()).map(([w, n, old]) => key(w, `k${n}`, old ? 400 : 95)),
)
const way = fc.record({
  jewel: fc.nat(4),
  node: who,
  hops: fc.integer({ min: 1, max: 6 }),
  certainty: fc.constantFrom('certain', 'conditional', 'unknown' as const),
})
type Way = { jewel: number; node: string; hops: number; certainty: Reach['certainty'] }

function input(facts: readonly Fact[], ways: readonly Way[]): RiskInput {
  const rows = new Map<NodeId, Reach[]>()
  for (const { jewel, node, ...rest } of ways) {
    const known = rows.get(id(`jewel${jewel}`)) ?? []
    if (!known.some((row) => row.node === id(node))) known.push({ node: id(node), ...rest })
    rows.set(id(`jewel${jewel}`), known)
  }
  return {
    nodes,
    facts,
    findings: findAll({ facts, nodes, edges: [], now: NOW }),
    reach: reachMap(rows),
    now: NOW,
  }
}

function reachMap(rows: ReadonlyMap<NodeId, readonly Reach[]>): ReachMap {
  const ids = [...nodes.keys()]
  const groups = [...rows].map(([jewel, reached]): JewelGroup => ({
    jewels: [jewel],
    principals: Uint32Array.from(reached, (row) => ids.indexOf(row.node)),
    hops: Uint32Array.from(reached, (row) => row.hops),
    doubts: Uint8Array.from(reached, (row) => CERTAINTIES.indexOf(row.certainty)),
  }))
  return { ids, groups: () => groups, of: (jewel) => groups.find((group) => group.jewels[0] === jewel) }
}

const scores = (given: RiskInput) => new Map(rankIdentities(given).map((row) => [row.node, row]))

describe('risk score', () => {
  it('one more privilege, key or way to a crown jewel never lowers anything', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 6 }),
        fc.array(way, { maxLength: 6 }),
        fc.option(fact),
        fc.option(way),
        (facts, ways, extraFact, extraWay) => {
          const before = scores(input(facts, ways))
          const after = scores(
            input(extraFact ? [...facts, extraFact] : facts, extraWay ? [...ways, extraWay] : ways),
          )
          for (const [node, row] of before) {
            const now = after.get(node)
            expect(now).toBeDefined()
            expect(now!.score).toBeGreaterThanOrEqual(row.score)
            expect(now!.low).toBeGreaterThanOrEqual(row.low)
            expect(now!.high).toBeGreaterThanOrEqual(row.high)
          }
        },
      ),
    )
  })

  it('lies between what it is at least and at most, all from 0 to 100', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 8 }), fc.array(way, { maxLength: 8 }), (facts, ways) => {
        for (const row of rankIdentities(input(facts, ways))) {
          expect(row.low).toBeGreaterThanOrEqual(0)
          expect(row.score).toBeGreaterThanOrEqual(row.low)
          expect(row.high).toBeGreaterThanOrEqual(row.score)
          expect(row.high).toBeLessThanOrEqual(100)
        }
      }),
    )
  })

  it('does not depend on any order', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 8 }), fc.array(way, { maxLength: 8 }), (facts, ways) => {
        const { findings, reach, ...rest } = input(facts, ways)
        const turned = [...reach.groups()].toReversed().map((group) => ({
          ...group,
          principals: group.principals.toReversed(),
          hops: group.hops.toReversed(),
          doubts: group.doubts.toReversed(),
        }))
        expect(
          rankIdentities({
            ...rest,
            facts: facts.toReversed(),
            findings: findings.toReversed(),
            reach: { ...reach, groups: () => turned },
          }),
        ).toEqual(rankIdentities({ ...rest, findings, reach }))
      }),
    )
  })

  it('no access, no risk', () => {
    expect(rankIdentities(input([], []))).toEqual([])
  })

  it('says why in words, and leaves open what is not known', () => {
    const facts = [administrator('cid', 'prod'), administrator('cid', 'dev'), key('cid', 'k', 200)]
    const [row] = rankIdentities(input(facts, [{ jewel: 1, node: 'cid', hops: 1, certainty: 'certain' }]))
    expect(row?.because).toEqual([
      'administers 2 accounts',
      'reaches jewel1',
      'user with a key older than 90 days',
    ])
    expect(row!.high).toBeGreaterThan(row!.score)
    expect(row!.low).toBe(row!.score)
  })

  it('a disabled identity counts less, an unused one more', () => {
    const of = (name: string) => scores(input([administrator(name, 'dev')], [])).get(id(name))!.score
    expect(of('ben')).toBeLessThan(of('cid'))
    expect(of('ana')).toBeGreaterThan(of('cid'))
  })
})
