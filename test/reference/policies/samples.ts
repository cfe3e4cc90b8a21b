import fc from 'fast-check'
import type { Ask, Evidence } from '../../../policies/index.ts'

/** Random policies, requests and evidence, from few words, so that they meet. */
const GROUPS = ['a', 'b', 'c']
const BUNDLES = ['x', 'y']
export const QUORUMS = new Map([
  ['1 of a', 1],
  ['1 of a and 1 of b or @owners', 2],
])

const evidenceTest = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((n) => `context.evidence.device >= ${n}`),
  fc.integer({ min: 0, max: 2 }).map((n) => `context.evidence.presence > ${n - 1}`),
  fc.integer({ min: 0, max: 2 }).map((n) => `${n} <= context.evidence.approvals`),
  fc.constantFrom(...QUORUMS.keys()).map((q) => `context.evidence.quorums.contains(Gomeisa::Quorum::"${q}")`),
  fc.constantFrom(
    'context.evidence.phone',
    'context.evidence.proximity == true',
    'context.evidence.breakGlass',
  ),
)
/** Conditions that more evidence can turn off. */
const against = fc.oneof(
  fc.constantFrom(
    '!context.evidence.phone',
    'context.evidence.device < 2',
    'context.evidence.approvals == 1',
  ),
  fc.constantFrom('context.evidence.quorums.isEmpty()', 'context.evidence.presence != 1'),
)
const still = fc.oneof(
  fc.constantFrom('context.reason', 'context.ticket', '!context.ticket', 'principal.onCall', 'true'),
  fc.constantFrom(
    'principal in resource.eligible',
    'principal in resource.owners',
    'resource.role like "R*"',
  ),
  fc.constantFrom(...GROUPS).map((group) => `principal in Gomeisa::Group::"${group}"`),
  fc.constantFrom(...BUNDLES).map((bundle) => `resource in Gomeisa::EntitlementGroup::"${bundle}"`),
  fc
    .constantFrom('yes', 'no', 'unknown')
    .map((fact) => `resource.reachesAdministrator == Gomeisa::Fact::"${fact}"`),
  fc.constantFrom(1800, 3600).map((n) => `context.durationSeconds <= ${n}`),
  fc.constant('context.now.toTime() < duration("12h")'),
)

function conditionOf(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ node: string; leaf: string }>((tie) => ({
    leaf,
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      tie('leaf'),
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a} && ${b})`),
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a} || ${b})`),
      fc.tuple(still, tie('node'), tie('node')).map(([t, a, b]) => `(if ${t} then ${a} else ${b})`),
    ),
  })).node
}

const scope = fc
  .tuple(
    fc.constantFrom('principal', ...GROUPS.map((g) => `principal in Gomeisa::Group::"${g}"`)),
    fc.constantFrom(
      'resource',
      'resource == Gomeisa::Entitlement::"r"',
      ...BUNDLES.map((b) => `resource in Gomeisa::EntitlementGroup::"${b}"`),
    ),
  )
  .map(([who, what]) => `(${who}, action == Gomeisa::Action::"activate", ${what})`)

const body = (leaf: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(true, true, true, false), scope, conditionOf(leaf))

/** `permit … when` and `forbid … unless` of growing conditions: monotone by construction. */
export const monotonePolicy = body(fc.oneof(evidenceTest, evidenceTest, still)).map(
  ([permits, head, condition]) =>
    permits ? `permit${head} when { ${condition} };` : `forbid${head} unless { ${condition} };`,
)
/** Any of them, also those that more evidence can turn. */
export const anyPolicy = fc
  .tuple(body(fc.oneof(evidenceTest, against, still)), fc.constantFrom('when', 'unless'))
  .map(
    ([[permits, head, condition], kind]) =>
      `${permits ? 'permit' : 'forbid'}${head} ${kind} { ${condition} };`,
  )

export const setOf = (policy: fc.Arbitrary<string>, maxLength = 5) =>
  fc
    .array(policy, { minLength: 1, maxLength })
    .map((policies) => policies.map((text, i) => `@id("p-${i}") ${text}`).join('\n'))

const person = fc.record({
  id: fc.constantFrom('ana', 'ben'),
  groups: fc.subarray([...GROUPS, 'unnamed']),
  onCall: fc.boolean(),
})
export const ask: fc.Arbitrary<Ask> = fc.record({
  person,
  entitlement: fc.record({
    id: fc.constantFrom('r', 's'),
    cloud: fc.constant('aws' as const),
    role: fc.constantFrom('Reader', 'Owner'),
    scope: fc.constant('1'),
    groups: fc.subarray([...BUNDLES, 'z']),
    eligible: fc.subarray(GROUPS),
    owners: fc.subarray(GROUPS),
    environment: fc.constantFrom('production' as const, 'other' as const, 'unknown' as const),
    reachesAdministrator: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    opensCrownJewelPath: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
  }),
  durationSeconds: fc.constantFrom(900, 3600, 7200),
  reason: fc.boolean(),
  ticket: fc.boolean(),
  now: fc.constantFrom('2026-01-07T09:00:00Z', '2026-01-07T15:00:00Z'),
})

export const evidence: fc.Arbitrary<Evidence> = fc.record({
  device: fc.constantFrom('none' as const, 'software' as const, 'hardware' as const, 'tpm' as const),
  presence: fc.constantFrom('none' as const, 'touch' as const, 'verified' as const),
  phone: fc.boolean(),
  proximity: fc.boolean(),
  approvals: fc.integer({ min: 0, max: 3 }),
  quorums: fc.subarray([...QUORUMS.keys()]),
  breakGlass: fc.boolean(),
})
export const people = fc.array(
  fc.record({
    id: fc.constantFrom('p', 'q', 'r', 's', 't'),
    groups: fc.subarray(GROUPS),
    onCall: fc.constant(false),
  }),
  { maxLength: 6 },
)
