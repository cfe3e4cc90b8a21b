import fc from 'fast-check'
import { expect, it } from 'vitest'
import { awsAnalyzer } from '../../analyzer/aws/analyzer.ts'
import { CERTAINTIES } from '../../analyzer/aws/derive/certainty-rank.ts'
import type { Edge, Json } from '../../graph/index.ts'
import { nativeId } from '../../graph/index.ts'
import { caseSources, type CaseEstate } from '../reference/aws-cases.ts'
import { readerOf } from '../reference/aws-files.ts'

const ACCOUNTS = ['111111111111', '222222222222', '333333333333']
const USERS = ['ana', 'ben']
const ROLES = ['app', 'ops']
const RUNS = Number(process.env['GOMEISA_ESCALATION_CASES'] ?? 200)
const SEED = Number(process.env['GOMEISA_ESCALATION_SEED'] ?? 1)

const functionOf = (account: string) => `arn:aws:lambda:eu-west-1:${account}:function:worker`
const arnsOf = (account: string) => [
  ...USERS.map((name) => `arn:aws:iam::${account}:user/${name}`),
  ...ROLES.map((name) => `arn:aws:iam::${account}:role/${name}`),
]
const ARNS = ACCOUNTS.flatMap(arnsOf)

const action = fc.constantFrom(
  ...['*', 'sts:AssumeRole', 'iam:PassRole', 'iam:CreateAccessKey', 'iam:UpdateAssumeRolePolicy', 'iam:*'],
  ...['iam:AttachUserPolicy', 'iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:UpdateLoginProfile'],
  ...['lambda:CreateFunction', 'lambda:InvokeFunction', 'lambda:*', 'lambda:*', 'lambda:*', '*'],
)
const resource = fc.oneof(
  { weight: 2, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constantFrom(...ARNS, ...ACCOUNTS.map(functionOf)) },
)
const condition = fc.option(fc.constant({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), {
  nil: undefined,
  freq: 4,
})
const allow = fc
  .record({ actions: fc.uniqueArray(action, { minLength: 1, maxLength: 3 }), resource, condition })
  .map(({ actions, resource: Resource, condition: Condition }): Json => ({
    ...{ Effect: 'Allow', Action: actions, Resource },
    ...(Condition === undefined ? {} : { Condition }),
  }))
const who = fc.oneof(
  fc.constantFrom({ Service: 'lambda.amazonaws.com' }, { Service: 'ec2.amazonaws.com' }),
  fc.constantFrom(...ARNS, ...ACCOUNTS).map((AWS) => ({ AWS })),
)
const trust = who.map((Principal): Json => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }))
const shared = fc
  .constantFrom('*', '*', ...ACCOUNTS)
  .map((AWS): Json => ({ Effect: 'Allow', Principal: { AWS }, Action: 'lambda:*', Resource: '*' }))

/** What is given to whom: a statement to one of the documents of the estate. */
interface Given {
  readonly to: 'policy' | 'trust' | 'function'
  readonly whom: number
  readonly statement: Json
}
const given = fc.oneof(
  { weight: 4, arbitrary: one('policy', ARNS.length, allow) },
  { weight: 2, arbitrary: one('trust', ARNS.length, trust) },
  { weight: 2, arbitrary: one('function', ACCOUNTS.length, shared) },
)

function one(to: Given['to'], count: number, statement: fc.Arbitrary<Json>): fc.Arbitrary<Given> {
  return fc.record({ to: fc.constant(to), whom: fc.nat(count - 1), statement })
}

function estateOf(all: readonly Given[]): CaseEstate {
  const statements = (to: Given['to'], name: string) =>
    all.filter((each) => each.to === to && (to === 'function' ? ACCOUNTS : ARNS)[each.whom] === name)
  const accounts = ACCOUNTS.map((id, i) => {
    const texts = (to: Given['to'], name: string) => statements(to, name).map((each) => each.statement)
    const user = (name: string) => ({ policies: texts('policy', `arn:aws:iam::${id}:user/${name}`) })
    const role = (name: string) => {
      const arn = `arn:aws:iam::${id}:role/${name}`
      return { policies: texts('policy', arn), trust: texts('trust', arn) }
    }
    const listed = { Functions: [{ FunctionArn: functionOf(id), Role: `arn:aws:iam::${id}:role/app` }] }
    const account = {
      users: Object.fromEntries(USERS.map((name) => [name, user(name)])),
      roles: Object.fromEntries(ROLES.map((name) => [name, role(name)])),
      resources: { [functionOf(id)]: texts('function', id) },
      // The functions of the last account are not known.
      answers: i === 2 ? [] : ([['lambda:ListFunctions', {}, listed]] as const),
    }
    return [id, account] as const
  })
  return { organization: null, accounts: Object.fromEntries(accounts) }
}

/** Who reaches whom over ways that are at most so doubtful; an administrator of an account reaches everybody in it. */
function reachOf(edges: readonly Edge[], most: number): ReadonlySet<string> {
  const next = new Map<string, string[]>()
  for (const { from, to, certainty, kind, level } of edges) {
    if (CERTAINTIES.indexOf(certainty) > most) continue
    const account = ACCOUNTS.find((id) => nativeId(to) === id || nativeId(to).endsWith(`/${id}`))
    const targets =
      kind === 'can-become'
        ? [nativeId(to)]
        : kind === 'can-access' && level === 'administer' && account !== undefined
          ? arnsOf(account)
          : []
    next.set(nativeId(from), [...(next.get(nativeId(from)) ?? []), ...targets])
  }
  const pairs = new Set<string>()
  for (const start of ARNS) {
    const seen = new Set([start])
    for (const at of seen) for (const to of next.get(at) ?? []) seen.add(to)
    for (const end of seen) if (end !== start && ARNS.includes(end)) pairs.add(`${start} → ${end}`)
  }
  return pairs
}

async function edgesOf(all: readonly Given[]): Promise<readonly Edge[]> {
  const loaded = await awsAnalyzer.load(readerOf(caseSources(estateOf(all))))
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  return awsAnalyzer.derive(awsAnalyzer.engine(loaded.state, nodes), loaded, []).edges
}

it('who is given more reaches no less, in any account', async () => {
  let pairs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(given, { minLength: 3, maxLength: 14 }), given, async (all, more) => {
      const before = await edgesOf(all)
      const after = await edgesOf([...all, more])
      for (const most of CERTAINTIES.keys()) {
        const reach = reachOf(after, most)
        const lost = [...reachOf(before, most)].filter((pair) => !reach.has(pair))
        pairs += reach.size
        expect(lost, `at most ${CERTAINTIES[most] ?? ''}`).toEqual([])
      }
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(pairs).toBeGreaterThan(RUNS)
}, 600_000)
