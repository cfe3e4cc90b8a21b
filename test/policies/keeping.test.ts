import { expect, test } from 'vitest'
import { preparedNow } from '../../policies/cedar/slots.ts'
import {
  checkPolicies,
  decidePolicyWrite,
  Decider,
  diffPolicies,
  NO_EVIDENCE,
  openPolicies,
  type Ask,
  type Entitlement,
  type Evidence,
} from '../../policies/index.ts'

const strong: Evidence = { ...NO_EVIDENCE, device: 'hardware', presence: 'verified' }
const ana = { id: 'ana', groups: ['platform'], onCall: false }
const keepers = { people: [], groups: ['platform'] }
const entitlement: Entitlement = {
  id: 'r',
  cloud: 'aws',
  role: 'Reader',
  scope: '1',
  groups: [],
  eligible: [],
  owners: [],
  environment: 'other',
  reachesAdministrator: 'no',
  opensCrownJewelPath: 'no',
}
const ask: Ask = {
  person: ana,
  entitlement,
  durationSeconds: 60,
  reason: false,
  ticket: false,
  now: '2026-01-07T12:00:00Z',
}
const asked = { durationSeconds: 60, reason: false, ticket: false, now: ask.now }
const open = (text: string) => openPolicies([{ path: 'a.cedar', text }])

test('keepers may change the policies, whatever the policies are; others may not', () => {
  const forbidAll = open('@id("nothing") forbid(principal, action, resource);')
  expect(forbidAll.decide(ask, strong).decision).toBe('deny')
  expect(() => open('permit(')).toThrow()
  expect(decidePolicyWrite(ana, keepers, strong)).toMatchObject({ decision: 'allow', errors: [] })
  expect(decidePolicyWrite(ana, { people: ['ana'], groups: [] }, strong).decision).toBe('allow')
  expect(decidePolicyWrite(ana, { people: ['ben'], groups: ['security'] }, strong).decision).toBe('deny')
  expect(decidePolicyWrite(ana, keepers, { ...strong, presence: 'touch' }).decision).toBe('deny')
  expect(decidePolicyWrite(ana, keepers, { ...strong, device: 'software' }).decision).toBe('deny')
})

test('no loaded policy can speak of writing policies', () => {
  const text = '@id("p") forbid(principal, action == GomeisaKeep::Action::"writePolicies", resource);'
  expect(checkPolicies([{ path: 'a', text }]).offences.map(({ rule }) => rule)).toContain('schema')
})

test('an evaluation that fails denies, also where Cedar itself would pass over it', () => {
  const text = `@id("a") permit(principal, action == Gomeisa::Action::"activate", resource);
    @id("b") forbid(principal, action == Gomeisa::Action::"activate", resource)
      when { context.durationSeconds * 9223372036854775807 > 0 };`
  const { policies, offences } = checkPolicies([{ path: 'a', text }])
  expect(offences.map(({ rule }) => rule)).toEqual(['may-fail'])
  const decided = new Decider(policies).decide(ask, strong)
  expect(decided).toMatchObject({
    decision: 'deny',
    because: [],
    errors: [expect.stringMatching(/^b: .*overflow/)],
  })
})

test('a value of the wrong type denies', () => {
  const decider = open(
    '@id("a") permit(principal, action == Gomeisa::Action::"activate", resource) when { principal.onCall };',
  )
  const wrong = { ...ask, person: { ...ana, onCall: 'yes' as unknown as boolean } }
  expect(decider.decide(wrong, strong)).toMatchObject({ decision: 'deny', because: [] })
  expect(decider.decide(wrong, strong).errors).toHaveLength(1)
  const timed = open(
    '@id("a") permit(principal, action == Gomeisa::Action::"activate", resource) when { context.durationSeconds > 0 };',
  )
  expect(timed.decide({ ...ask, durationSeconds: 0.5 }, strong).decision).toBe('deny')
})

test('prepared slices are bounded, and a slice that was let go is made again', { timeout: 120_000 }, () => {
  const count = 11_000
  const text = Array.from(
    { length: count },
    (_, i) => `@id("p-${i}") permit(principal, action == Gomeisa::Action::"activate", resource);`,
  )
  const policies = checkPolicies([{ path: 'a', text: text[0]! }]).policies
  const large = (last: number) =>
    new Decider(
      Array.from({ length: count }, (_, i) => ({
        ...policies[0]!,
        id: `p-${i}`,
        text: i === 0 ? text[last]! : text[0]!,
      })),
    )
  const [first, second] = [large(1), large(2)]
  for (const decider of [first, second, first]) {
    expect(decider.decide(ask, strong).decision).toBe('allow')
    expect(preparedNow().policies).toBeLessThanOrEqual(20_000)
  }
  expect(preparedNow().names).toBeLessThan(10)
})

test('a diff asks one of each kind of person and tells all of them', () => {
  const policy = (group: string) =>
    `@id("a") permit(principal in Gomeisa::Group::"${group}", action == Gomeisa::Action::"activate", resource) when { context.evidence.device >= 1 };`
  const people = Array.from({ length: 300 }, (_, i) => ({
    id: `p${i}`,
    groups: [i % 3 === 0 ? 'a' : 'b', `own-${i}`],
    onCall: false,
  }))
  const entitlements = Array.from({ length: 200 }, (_, i) => ({
    ...entitlement,
    id: `r${i}`,
    role: `Role${i}`,
  }))
  const differences = diffPolicies(open(policy('a')), open(policy('b')), { people, entitlements }, asked)
  expect(
    differences
      .map(({ change, people: who, entitlements: what }) => [change, who.length, what.length])
      .sort(),
  ).toEqual([
    ['gained', 200, 200],
    ['lost', 100, 200],
  ])
})
