import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meetsExpression } from '../../analyzer/azure/claims-expression.ts'
import { parseMember } from '../../analyzer/gcp/member.ts'
import { becomesMember } from '../../analyzer/gcp/provider-claims.ts'
import type { ProviderState } from '../../analyzer/gcp/state.ts'
import { accepted, becomes, type Mapped, type Pool, type Test } from '../reference/bridges/reference.ts'

const RUNS = { seed: 20261122, numRuns: 3000 }
const POOL = 'projects/1/locations/global/workloadIdentityPools/p'
const CLAIMS = ['sub', 'tid', 'ref']
const ATTRIBUTES = ['google.subject', 'attribute.a', 'attribute.b']

const text = fc.constantFrom('a', 'ab', 'a/b', 'b/a', 'a/b/c', 'c')
const claim = fc.constantFrom(...CLAIMS)
const bare = claim.map((name): Mapped => ({ claim: name }))
const cut = fc
  .tuple(claim, fc.constantFrom('', 'a', 'a/', '/'), fc.constantFrom('', '/', 'b'))
  .map(([name, before, after]): Mapped => ({ claim: name, before, after }))
const joined = fc.tuple(text, fc.oneof(bare, cut)).map(([head, then]): Mapped => ({ text: `${head}:`, then }))
const mapped = fc.oneof(bare, bare, cut, joined)
const test_ = (attributes: readonly string[]): fc.Arbitrary<Test> =>
  fc.record({
    of: fc.oneof(
      claim.map((name) => ({ claim: name })),
      fc.constantFrom(...attributes).map((attribute) => ({ attribute })),
    ),
    how: fc.constantFrom('==', '!=', 'startsWith', 'endsWith'),
    value: text,
  })
const pool: fc.Arbitrary<Pool> = fc
  .uniqueArray(fc.constantFrom(...ATTRIBUTES), { minLength: 1 })
  .chain((names) =>
    fc.record({
      audiences: fc.constantFrom(['x'], ['x', 'y']),
      mapping: fc
        .tuple(...names.map((name) => mapped.map((made) => [name, made] as const)))
        .map((entries) => Object.fromEntries(entries)),
      all: fc.boolean(),
      tests: fc.array(test_(names), { maxLength: 3 }),
    }),
  )
const claims = fc.record({ aud: fc.constantFrom('x', 'y', 'z'), sub: text, tid: text, ref: text })

function written(made: Mapped): string {
  if ('text' in made) return `'${made.text}' + ${written(made.then)}`
  if (!('before' in made)) return `assertion.${made.claim}`
  return `assertion['${made.claim}'].extract('${made.before}{x}${made.after}')`
}

function writtenTest({ of, how, value }: Test): string {
  const left = 'claim' in of ? `assertion.${of.claim}` : of.attribute
  return how === '==' || how === '!=' ? `${left} ${how} '${value}'` : `${left}.${how}('${value}')`
}

function provider({ audiences, mapping, all, tests }: Pool): ProviderState {
  return {
    name: `//iam.googleapis.com/${POOL}/providers/q`,
    pool: POOL,
    issuer: 'https://issuer.example',
    audiences,
    awsAccount: null,
    mapping: new Map(Object.entries(mapping).map(([name, made]) => [name, written(made)])),
    condition: tests.length === 0 ? null : tests.map(writtenTest).join(all ? ' && ' : ' || '),
    active: true,
    at: { source: 0, pointer: '' },
  }
}

function member(attribute: string | null, value: string) {
  const rest =
    attribute === null ? '*' : attribute === 'google.subject' ? `subject/${value}` : `${attribute}/${value}`
  return parseMember(
    `principal${rest.startsWith('subject/') ? '' : 'Set'}://iam.googleapis.com/${POOL}/${rest}`,
  )
}

describe('bridges, against the reference', () => {
  const asked = fc.tuple(pool, claims, fc.option(fc.constantFrom(...ATTRIBUTES)), text)

  it('pools: a token of which everything is known is accepted or refused alike', () => {
    let yes = 0
    fc.assert(
      fc.property(asked, ([made, token, attribute, value]) => {
        const told = becomesMember(new Map(Object.entries(token)), member(attribute, value), provider(made))
        const says = becomes(made, token, attribute, value)
        if (says) yes++
        expect(told).toEqual(says ? { conditions: [], missing: [] } : undefined)
      }),
      RUNS,
    )
    expect(yes).toBeGreaterThan(RUNS.numRuns / 50)
  })

  it('pools: what is told with a claim unknown lies between what it may be', () => {
    fc.assert(
      fc.property(asked, claim, ([made, token, attribute, value], hidden) => {
        const known = new Map(Object.entries(token).filter(([name]) => name !== hidden))
        const told = becomesMember(known, member(attribute, value), provider(made))
        const says = becomes(made, token, attribute, value)
        if (told === undefined) expect(says).toBe(false)
        else if (told.conditions.length + told.missing.length === 0) expect(says).toBe(true)
      }),
      RUNS,
    )
  })

  it('flexible credentials: claims are compared alike', () => {
    const value = fc.constantFrom('a', 'a*', '*b', '?', 'a/b', '*')
    const tests = fc.array(
      fc.record({ claim, how: fc.constantFrom('eq' as const, 'matches' as const), value }),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(tests, claims, (list, token) => {
        const expression = list.map((one) => `claims['${one.claim}'] ${one.how} '${one.value}'`).join(' and ')
        const told = meetsExpression(expression, new Map(Object.entries(token)))
        const says = accepted({ subject: null, tests: list, audiences: [token.aud] }, token)
        expect(told).toEqual(says ? { conditions: [], missing: [] } : undefined)
      }),
      RUNS,
    )
  })
})
