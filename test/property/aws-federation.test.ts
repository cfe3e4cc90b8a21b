import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedIssuer } from '../../analyzer/aws/federation/issuers.ts'
import { strangerLetIn } from '../../analyzer/aws/federation/stranger.ts'
import { trustDocument } from '../../analyzer/aws/federation/trust-policy.ts'
import type { JsonObject } from '../../graph/index.ts'
import { ISSUER, OWN, strangersTokens } from '../reference/aws-federation/github.ts'
import { accepts } from '../reference/aws-federation/reference.ts'
import type { Statement } from '../reference/aws-simulate/line.ts'

const provider = `arn:aws:iam::111111111111:oidc-provider/${ISSUER}`
const role = 'arn:aws:iam::111111111111:role/deploy'
const action = 'sts:AssumeRoleWithWebIdentity'
const call = { provider, action, role }

const owners = ['acme', 'acme*', '*acme', '*', 'acm?', '?cme', 'acme-*']
const names = ['app', '*', 'app*', '*app']
const contexts = [
  '*',
  'ref:refs/heads/main',
  'ref:refs/heads/*',
  'environment:prod',
  '*:prod',
  'pull_request',
]
const subject = fc.oneof(
  fc
    .tuple(fc.constantFrom(...owners), fc.constantFrom(...names), fc.constantFrom(...contexts))
    .map(([owner, name, context]) => `repo:${owner}/${name}:${context}`),
  fc.constantFrom(
    '*',
    'repo:*',
    'repo:acme*',
    '*:environment:prod',
    '*acme/app:*',
    'environment:prod',
    'repo:acme/*',
  ),
)
const operators = [
  'StringEquals',
  'StringLike',
  'ForAllValues:StringLike',
  'ForAnyValue:StringLike',
  'StringLikeIfExists',
  'StringNotLike',
  'ForAllValues:StringEquals',
  'StringNotEquals',
]
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  sub: subject,
  aud: fc.constantFrom('sts.amazonaws.com', '*'),
  environment: fc.constantFrom('prod', 'pro*'),
  repository: fc.constantFrom('acme/app', 'acme/*', '*/app', 'acme*'),
  actor: fc.constantFrom('acme', '*', 'acme*'),
}
const clause = fc
  .constantFrom('sub', 'sub', 'sub', ...Object.keys(values))
  .chain((claim) =>
    fc.tuple(
      fc.constantFrom(...operators),
      fc.constant(`${ISSUER}:${claim}`),
      fc.array(values[claim] ?? subject, { minLength: 1, maxLength: 2 }),
    ),
  )
const statement = (Effect: 'Allow' | 'Deny') =>
  fc.array(clause, { minLength: Effect === 'Deny' ? 1 : 0, maxLength: 2 }).map((clauses): Statement => {
    const Condition: Record<string, Record<string, string[]>> = {}
    for (const [operator, key, texts] of clauses) (Condition[operator] ??= {})[key] = texts
    return { Effect, Principal: { Federated: provider }, Action: action, Condition }
  })
const policy = fc.tuple(statement('Allow'), fc.array(statement('Deny'), { maxLength: 1 }))

const strangers = [...strangersTokens()]

/** The owner that a subject names; another form of it names none. */
const ownerOf = (sub: string): string | undefined => /^repo:([^/:]+)\//.exec(sub)?.[1]

describe('which strangers on GitHub a trust policy lets in', () => {
  const shared = sharedIssuer(provider)
  if (shared === undefined) throw new TypeError('GitHub is shared')

  it('the reference lets the stranger in whom the engine found, and finds none where the engine found none', () => {
    let open = 0
    fc.assert(
      fc.property(policy, ([allow, denies]) => {
        const statements = [allow, ...denies]
        const trust = trustDocument({ Version: '2012-10-17', Statement: statements } as unknown as JsonObject)
        const found = strangerLetIn({ ...call, trust, controls: [], only: 0 }, shared)
        const known = strangers.find((world) => accepts({ ...call, world }, statements) === 'yes')
        if (found === undefined) {
          expect(known, 'a stranger that the engine does not see').toBeUndefined()
          return
        }
        open++
        expect(found.conditions).toEqual([])
        const world = new Map(
          [...found.token].flatMap(([key, value]) => (value ? [[key, value] as const] : [])),
        )
        expect(accepts({ ...call, world }, statements)).toBe('yes')
        expect(ownerOf(world.get(`${ISSUER}:sub`)?.[0] ?? '')).not.toBe(OWN)
        expect(world.get(`${ISSUER}:repository`)?.[0]?.split('/')[0]).not.toBe(OWN)
      }),
      { seed: 20261122, numRuns: 300 },
    )
    expect(open).toBeGreaterThan(60)
  })
})
