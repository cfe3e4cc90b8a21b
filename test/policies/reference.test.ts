import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPolicies, Decider, meetsQuorum, requirement } from '../../policies/index.ts'
import {
  allEvidence,
  decideApprovalSlowly,
  decideSlowly,
  evidenceText,
  leastAllowed,
  noMoreThan,
  quorumByTrying,
} from '../reference/policies/all-evidence.ts'
import {
  anyPolicy,
  ask,
  evidence,
  monotonePolicy,
  people,
  QUORUMS,
  setOf,
} from '../reference/policies/samples.ts'

/** Seeds are printed by fast-check when a property fails; `numRuns` bounds what a test takes. */
const seed = 20261122
const deciderOf = (text: string) => new Decider(checkPolicies([{ path: 'a.cedar', text }]).policies)
const approveAs = (text: string) => text.replaceAll('"activate"', '"approve"')

test('slices and what is left out of a request change no decision', { timeout: 120_000 }, () => {
  let allowed = 0
  fc.assert(
    fc.property(setOf(anyPolicy), ask, evidence, (text, asked, shown) => {
      const slow = decideSlowly(text, asked, shown)
      expect(deciderOf(text).decide(asked, shown).decision).toBe(slow === 'allow' ? 'allow' : 'deny')
      if (slow === 'allow') allowed++
    }),
    { numRuns: 250, seed },
  )
  expect(allowed).toBeGreaterThan(30)
})

test('nor of an approval', () => {
  const text = approveAs(`
    @id("p-0") permit(principal, action == Gomeisa::Action::"activate", resource) when { principal in resource.owners && !(context.requester in Gomeisa::Group::"b") && context.requester.onCall };
    @id("p-1") permit(principal in Gomeisa::Group::"a", action, resource in Gomeisa::EntitlementGroup::"x") when { context.evidence.presence >= 2 };`)
  const decider = deciderOf(text.replace('action,', 'action == Gomeisa::Action::"approve",'))
  fc.assert(
    fc.property(ask, ask, evidence, ({ person: approver }, { person: requester, entitlement }, shown) => {
      const approval = { approver, requester, entitlement, evidence: shown }
      const slow = decideApprovalSlowly(
        text.replace('action,', 'action == Gomeisa::Action::"approve",'),
        approval,
      )
      expect(decider.decideApproval(approval).decision).toBe(slow)
    }),
    { numRuns: 150, seed },
  )
})

const POINTS = [false, true].map((glass) => allEvidence(glass, 3, QUORUMS))

test('the requirement is what asking about all evidence gives', { timeout: 120_000 }, () => {
  let ways = 0
  fc.assert(
    fc.property(setOf(monotonePolicy), ask, (text, asked) => {
      const decider = deciderOf(text)
      const found = requirement(decider, asked)
      const [ordinary, glass] = POINTS.map((points) =>
        leastAllowed(points, (point) => decider.decide(asked, point).decision === 'allow'),
      )
      expect(found.ways.map((way) => evidenceText(way.evidence)).sort()).toEqual(ordinary)
      const apart = glass!.filter(
        (each) => !ordinary!.includes(each.replace('"breakGlass":true', '"breakGlass":false')),
      )
      expect(apart).toEqual(
        expect.arrayContaining(found.breakGlass.map((way) => evidenceText(way.evidence)).sort()),
      )
      ways += found.ways.length
    }),
    { numRuns: 20, seed },
  )
  expect(ways).toBeGreaterThan(5)
})

test('what the check calls monotone never loses access, and what does is found', { timeout: 120_000 }, () => {
  const points = POINTS.flat().filter((_, i) => i % 7 === 0)
  let [found, passed] = [0, 0]
  fc.assert(
    fc.property(setOf(anyPolicy, 2), ask, (text, asked) => {
      const { policies, offences } = checkPolicies([{ path: 'a.cedar', text }])
      if (offences.some(({ rule }) => rule === 'monotone')) {
        found++
        return
      }
      passed++
      const decider = new Decider(policies)
      const allowed = points.filter((point) => decider.decide(asked, point).decision === 'allow')
      const lost = points.filter(
        (point) => !allowed.includes(point) && allowed.some((less) => noMoreThan(less, point)),
      )
      expect(lost).toEqual([])
    }),
    { numRuns: 60, seed },
  )
  expect(found).toBeGreaterThan(5)
  expect(passed).toBeGreaterThan(5)
  const monotone = fc.sample(setOf(monotonePolicy), { numRuns: 100, seed })
  const wrong = monotone.filter((text) =>
    checkPolicies([{ path: 'a.cedar', text }]).offences.some(({ rule }) => rule === 'monotone'),
  )
  expect(wrong).toEqual([])
})

test('a quorum is met when some order of the people fills every seat', () => {
  const quorum = '1 of a and 1 of b or @owners and 1 of c'
  fc.assert(
    fc.property(people, fc.subarray(['a', 'c']), (who, owners) => {
      const distinct = [...new Map(who.map((person) => [person.id, person])).values()]
      const byTrying = quorumByTrying([['a'], ['b', ...owners], ['c']], distinct)
      expect(meetsQuorum(quorum, who, owners)).toBe(byTrying)
    }),
    { numRuns: 500, seed },
  )
})
