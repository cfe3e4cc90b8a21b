import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import { nativeId, type Edge, type Json } from '../../../graph/index.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'

interface Case {
  readonly rule: string
  /** The page that says so. */
  readonly source: string
  /** Statements of trust policies. */
  readonly roles: Readonly<Record<string, readonly Json[]>>
  readonly answers: readonly Json[]
  readonly edges: readonly string[]
  readonly notEvaluated: readonly string[]
}

const ACCOUNT = '111111111111'
const cases = JSON.parse(
  readFileSync(new URL('../../golden/aws/clusters.json', import.meta.url), 'utf8'),
) as readonly Case[]

it.each(cases)('$rule', async ({ roles, answers, edges, notEvaluated, source }) => {
  expect(source).toMatch(/^https:\/\//)
  const details = {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: Object.entries(roles).map(([RoleName, Statement]) => ({
      RoleName,
      RoleId: `AROA${RoleName}`,
      Arn: `arn:aws:iam::${ACCOUNT}:role/${RoleName}`,
      Path: '/',
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement },
    })),
    Policies: [],
  }
  const loaded = await awsAnalyzer.load(
    memoryReader([
      { kind: 'aws.account-authorization-details', rows: [details], scope: ACCOUNT },
      { kind: 'aws.answers', rows: answers, scope: ACCOUNT },
    ]),
  )
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  const engine = awsAnalyzer.engine(structuredClone(loaded.state), nodes)
  const derived = awsAnalyzer.derive(engine, loaded, [])
  expect(derived.edges.flatMap(inWords).sort()).toEqual([...edges].sort())
  const constructs = engine.notEvaluated.map(({ construct }) => construct)
  expect(constructs.filter((construct) => construct.startsWith('eks-'))).toEqual(notEvaluated)
  const ids = new Set([...loaded.nodes, ...(derived.nodes ?? [])].map(({ id }) => id))
  const ends = derived.edges
    .filter(({ rule }) => rule.startsWith('eks-'))
    .flatMap(({ from, to }) => [from, to])
  expect(ends.filter((end) => !ids.has(end))).toEqual([])
})

function inWords({ kind, from, to, rule, certainty }: Edge): readonly string[] {
  if (!rule.startsWith('eks-')) return []
  const short = (id: typeof from) =>
    nativeId(id).replace(/^arn:aws:(iam::\d+:role|eks:[^/]+\/apps)\/(service-account\/)?/, '')
  return [`${short(from)} ${kind === 'member-of' ? 'in' : 'becomes'} ${short(to)} ${rule} ${certainty}`]
}
