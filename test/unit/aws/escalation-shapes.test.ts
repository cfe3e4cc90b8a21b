import { describe, expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import type { Edge, Json } from '../../../graph/index.ts'
import { nativeId } from '../../../graph/index.ts'
import { caseSources, type CaseEstate } from '../../reference/aws-cases.ts'
import { jsonSource, readerOf, type TestSource } from '../../reference/aws-files.ts'

const HOME = '111111111111'
const AWAY = '222222222222'
const FUNCTION = `arn:aws:lambda:eu-west-1:${HOME}:function:worker`

async function derived(estate: CaseEstate, more: readonly TestSource[] = []) {
  const loaded = await awsAnalyzer.load(readerOf([...caseSources(estate), ...more]))
  const nodes = new Map(loaded.nodes.map((node) => [node.id, node]))
  const found = awsAnalyzer.derive(awsAnalyzer.engine(loaded.state, nodes), loaded, [])
  const ids = new Set([...loaded.nodes, ...(found.nodes ?? [])].map(({ id }) => id))
  expect(found.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([])
  return found
}

const trusts = (service: string, Condition?: Json) => [
  {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(Condition === undefined ? {} : { Condition }),
  },
]
const may = (Action: readonly string[], Resource = '*') => [
  { Effect: 'Allow', Action: [...Action], Resource },
]
const answer = (call: string, response: Json): Json => ({
  call,
  account: HOME,
  region: 'eu-west-1',
  parameters: {},
  response,
})
const answers = (...rows: readonly Json[]): TestSource => ({
  kind: 'aws.answers',
  format: 'jsonl',
  bytes: new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n')),
})
const short = ({ from, to, rule, certainty }: Edge) =>
  `${nativeId(from).split('/').at(-1) ?? ''} ${rule} ${nativeId(to).split('/').at(-1) ?? ''} ${certainty}`

const ONE_FUNCTION = { Functions: [{ FunctionArn: FUNCTION, Role: `arn:aws:iam::${HOME}:role/worker` }] }
const worker = { trust: trusts('lambda.amazonaws.com') }

describe('how ways are told', () => {
  it('actors that can become the same targets share a node', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const policies = may(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])
    const { edges, nodes } = await derived(
      {
        organization: null,
        accounts: {
          [HOME]: {
            users: Object.fromEntries(names.map((name) => [`user-${name}`, { policies }])),
            roles: Object.fromEntries(names.map((name) => [`role-${name}`, worker])),
          },
        },
      },
      [answers(answer('lambda:ListFunctions', { Functions: [] }))],
    )
    expect(nodes).toHaveLength(1)
    expect(edges.map(short).sort()).toEqual(
      [
        ...names.map((name) => `user-${name} pass-role.lambda 1 certain`),
        ...names.map((name) => `1 one-of-many role-${name} certain`),
      ].sort(),
    )
  })

  it('the policy of a function lets another account in', async () => {
    const shared = [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${AWAY}:root` },
        Action: 'lambda:*',
        Resource: FUNCTION,
      },
    ]
    const actions = ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']
    const estate = (resources: Readonly<Record<string, readonly Json[]>>): CaseEstate => ({
      organization: null,
      accounts: {
        [HOME]: { resources, roles: { worker } },
        [AWAY]: {
          users: { guest: { policies: may(actions, FUNCTION) }, other: { policies: may(['s3:*']) } },
        },
      },
    })
    const listing = answers(answer('lambda:ListFunctions', ONE_FUNCTION))
    const open = await derived(estate({ [FUNCTION]: shared }), [listing])
    expect(open.edges.map(short)).toEqual(['guest update-function-invoke worker certain'])
    const closed = await derived(estate({ [FUNCTION]: [] }), [listing])
    expect(closed.edges.map(short)).toEqual([])
  })

  it('who administers one account is told of in another', async () => {
    const chief = may(['*'])
    const policy = [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${AWAY}:root` }, Action: 'lambda:*' }]
    const passing = may(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])
    const guest = [...may(['lambda:UpdateFunctionCode'], FUNCTION), ...passing]
    const { edges } = await derived(
      {
        organization: null,
        accounts: {
          [HOME]: { resources: { [FUNCTION]: policy }, roles: { worker: { ...worker, policies: chief } } },
          [AWAY]: {
            users: { chief: { policies: chief }, guest: { policies: guest } },
            roles: { helper: worker },
          },
        },
      },
      [answers(answer('lambda:ListFunctions', ONE_FUNCTION))],
    )
    const told = edges.filter(({ kind }) => kind === 'can-become').map(short)
    // That the guest can administer the one account makes its ways in the other no less.
    expect(told).toEqual([
      'chief update-function-invoke worker certain',
      'guest update-function-invoke worker certain',
      'guest pass-role.lambda helper certain',
    ])
  })

  it('who administers an account under a condition is told of a surer way through a role', async () => {
    const arn = (name: string) => `arn:aws:iam::${HOME}:role/${name}`
    const [own] = may(['iam:*'], arn('app'))
    const onItself = { ...own, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
    const nobody = [
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]
    const policies = [...may(['*'], arn('ops')), onItself]
    const { edges } = await derived({
      organization: null,
      accounts: { [HOME]: { roles: { app: { trust: nobody, policies }, ops: { trust: nobody } } } },
    })
    const administers = edges.filter(
      ({ kind, from }) => kind === 'can-access' && nativeId(from) === arn('app'),
    )
    expect(administers.map(({ certainty }) => certainty).sort()).toEqual(['certain', 'conditional'])
  })

  it('a trust policy decides about the service: source account, other conditions, denials', async () => {
    const lambda = 'lambda.amazonaws.com'
    const deny = { Effect: 'Deny', Principal: { Service: lambda }, Action: 'sts:*' }
    const { edges } = await derived(
      {
        organization: null,
        accounts: {
          [HOME]: {
            users: {
              dev: { policies: may(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']) },
            },
            roles: {
              own: { trust: trusts(lambda, { StringEquals: { 'aws:SourceAccount': HOME } }) },
              foreign: { trust: trusts(lambda, { StringEquals: { 'aws:SourceAccount': AWAY } }) },
              one: { trust: trusts(lambda, { ArnLike: { 'aws:SourceArn': FUNCTION } }) },
              denied: { trust: [...trusts(lambda), deny] },
              tagged: {
                trust: [{ Effect: 'Allow', Principal: { Service: lambda }, Action: 'sts:TagSession' }],
              },
            },
          },
        },
      },
      [answers(answer('lambda:ListFunctions', { Functions: [] }))],
    )
    expect(edges.map(short).sort()).toEqual([
      'dev pass-role.lambda one conditional',
      'dev pass-role.lambda own certain',
    ])
  })

  it('what runs is not known where it was not listed, or only by name', async () => {
    const estate: CaseEstate = {
      organization: null,
      accounts: {
        [HOME]: {
          users: { dev: { policies: may(['apprunner:UpdateService']) } },
          roles: { web: { trust: trusts('tasks.apprunner.amazonaws.com') }, worker },
        },
      },
    }
    const unlisted = [`${HOME} may-run-as web unknown`, `dev update-app-runner ${HOME} certain`]
    expect((await derived(estate)).edges.map(short).sort()).toEqual(unlisted)
    const ServiceArn = `arn:aws:apprunner:eu-west-1:${HOME}:service/web/1`
    const named = answer('apprunner:ListServices', { ServiceSummaryList: [{ ServiceArn }] })
    expect((await derived(estate, [answers(named)])).edges.map(short).sort()).toEqual(unlisted)
    const InstanceConfiguration = { InstanceRoleArn: `arn:aws:iam::${HOME}:role/web` }
    const described = answer('apprunner:DescribeService', { Service: { ServiceArn, InstanceConfiguration } })
    const known = await derived(estate, [answers(named, described)])
    expect(known.edges.map(short)).toEqual(['dev update-app-runner web certain'])
    const evidence = JSON.stringify(known.edges[0]?.because)
    expect(evidence).toContain(`${ServiceArn} runs with the role web`)
  })

  it('AWS Config lists, too', async () => {
    const row = {
      resourceType: 'AWS::Lambda::Function',
      accountId: HOME,
      arn: FUNCTION,
      configuration: { role: `arn:aws:iam::${HOME}:role/worker` },
      supplementaryConfiguration: { Policy: '{"Version":"2012-10-17","Statement":[]}' },
    }
    const estate: CaseEstate = {
      organization: null,
      accounts: {
        [HOME]: {
          users: { dev: { policies: may(['lambda:UpdateFunctionCode']) } },
          roles: { worker, idle: worker },
        },
      },
    }
    const { edges } = await derived(estate, [jsonSource('aws.config-resources', [row])])
    expect(edges.map(short)).toEqual(['dev update-function worker conditional'])
  })
})
