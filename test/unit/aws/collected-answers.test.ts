import { expect, test } from 'vitest'
import { load } from '../../../analyzer/aws/load/load.ts'
import type { Json } from '../../../graph/index.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'

const ACCOUNT = '111122223333'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`
const answer = (call: string, parameters: Json, response: Json) => ({
  call,
  account: ACCOUNT,
  region: 'eu-central-1',
  parameters,
  response,
})
const coverage = (call: string, more: object = {}) => ({
  collected: 'aws',
  account: ACCOUNT,
  call,
  region: 'eu-central-1',
  answered: 1,
  absent: 0,
  ...more,
})
const loaded = (rows: readonly Json[], covered: readonly Json[] = []) =>
  load(
    memoryReader([
      { kind: 'aws.answers', rows, scope: ACCOUNT },
      { kind: 'aws.coverage', rows: covered },
    ]),
  )

/** What runs with which role, as each service answers (API References). */
const RUNNING: readonly (readonly [call: string, response: Json, arn: string])[] = [
  ['lambda:ListFunctions', { Functions: [{ FunctionArn: 'arn:f', FunctionName: 'f', Role: ROLE }] }, 'arn:f'],
  [
    'ecs:DescribeTaskDefinition',
    { taskDefinition: { taskDefinitionArn: 'arn:t', taskRoleArn: ROLE } },
    'arn:t',
  ],
  ['codebuild:BatchGetProjects', { projects: [{ arn: 'arn:p', serviceRole: ROLE }] }, 'arn:p'],
  ['sagemaker:DescribeNotebookInstance', { NotebookInstanceArn: 'arn:n', RoleArn: ROLE }, 'arn:n'],
  ['sagemaker:DescribeModel', { ModelArn: 'arn:m', ExecutionRoleArn: ROLE }, 'arn:m'],
  ['sagemaker:DescribeDomain', { DomainArn: 'arn:d', DefaultUserSettings: { ExecutionRole: ROLE } }, 'arn:d'],
  ['cloudformation:DescribeStacks', { Stacks: [{ StackId: 'arn:s', RoleARN: ROLE }] }, 'arn:s'],
  [
    'apprunner:DescribeService',
    { Service: { ServiceArn: 'arn:r', InstanceConfiguration: { InstanceRoleArn: ROLE } } },
    'arn:r',
  ],
  [
    'eks:DescribePodIdentityAssociation',
    { association: { associationArn: 'arn:a', roleArn: ROLE } },
    'arn:a',
  ],
  ['eks:DescribeNodegroup', { nodegroup: { nodegroupArn: 'arn:g', nodeRole: ROLE } }, 'arn:g'],
  ['bedrock-agentcore-control:GetAgentRuntime', { agentRuntimeArn: 'arn:b', roleArn: ROLE }, 'arn:b'],
]

test.each(RUNNING)('%s tells what runs with which role', async (call, response, arn) => {
  const { edges } = await loaded([answer(call, {}, response)])
  expect(edges.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['runs-as', `aws:${arn}`, `aws:${ROLE}`],
  ])
})

test('a resource without a policy is known to have none; one that was only listed is not', async () => {
  const { state } = await loaded([
    answer('s3:ListBuckets', {}, { Buckets: [{ Name: 'none' }, { Name: 'open' }, { Name: 'listed' }] }),
    answer('s3:GetBucketPolicy', { Bucket: 'none' }, null),
    answer(
      's3:GetBucketPolicy',
      { Bucket: 'open' },
      {
        Policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}',
      },
    ),
  ])
  const { arns, policies } = (state as { resources: { arns: readonly string[]; policies: Int32Array } })
    .resources
  const has = Object.fromEntries(arns.map((arn, i) => [arn, (policies[i] ?? -1) >= 0]))
  expect(has).toEqual({ 'arn:aws:s3:::none': true, 'arn:aws:s3:::open': true, 'arn:aws:s3:::listed': false })
})

const regions = coverage('ec2:DescribeRegions')
const queues = [coverage('sqs:ListQueues'), coverage('sqs:GetQueueAttributes')]

test.each([
  ['all was asked and answered', [regions, ...queues], true],
  ['there were none to ask further', [regions, queues[0] ?? {}], true],
  [
    'a policy was refused',
    [regions, ...queues, coverage('sqs:GetQueueAttributes', { refused: { AccessDenied: 1 } })],
    false,
  ],
  [
    'the listing was refused in a region',
    [regions, ...queues, coverage('sqs:ListQueues', { refused: { AccessDenied: 1 } })],
    false,
  ],
  ['the regions are not known', queues, false],
  [
    'only some regions were asked',
    [regions, ...queues, { collected: 'aws', account: ACCOUNT, regions: ['eu-central-1'] }],
    false,
  ],
] as const)('queues nobody saw: %s', async (_, rows, isKnown) => {
  const { state } = await loaded([], rows)
  const { accounts } = state as { accounts: readonly { id: string; policiesOfTypes: readonly string[] }[] }
  const known = accounts.find(({ id }) => id === ACCOUNT)?.policiesOfTypes ?? []
  expect(known.includes('sqs:queue')).toBe(isKnown)
})

test('a boundary that the details leave out is read from its own answer', async () => {
  const bound = `arn:aws:iam::${ACCOUNT}:policy/bound`
  const document = encodeURIComponent(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
  )
  const details = {
    UserDetailList: [
      {
        UserName: 'ana',
        Arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
        PermissionsBoundary: { PermissionsBoundaryArn: bound },
      },
    ],
  }
  const missing = async (rows: readonly Json[]) => {
    const { state } = await load(
      memoryReader([
        { kind: 'aws.account-authorization-details', rows: [details] },
        { kind: 'aws.answers', rows, scope: ACCOUNT },
      ]),
    )
    return (state as { texts: readonly string[] }).texts.filter((text) =>
      text.includes('permissions boundary'),
    )
  }
  expect(await missing([])).toEqual([`the document of permissions boundary ${bound}`])
  const own = answer(
    'iam:GetPolicyVersion',
    { PolicyArn: bound, VersionId: 'v1' },
    { PolicyVersion: { Document: document } },
  )
  expect(await missing([own])).toEqual([])
})

test('tags that an answer tells are known, none among them; a listing without tags tells nothing', async () => {
  const { state, nodes } = await loaded([
    answer(
      'secretsmanager:ListSecrets',
      {},
      {
        SecretList: [
          {
            ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:a',
            Tags: [{ Key: 'k', Value: 'v' }],
          },
          { ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:b', Tags: [] },
          { ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:c' },
        ],
      },
    ),
  ])
  const { tagged } = state as { tagged: readonly string[] }
  expect(tagged.map((arn) => arn.slice(-1))).toEqual(['a', 'b'])
  expect(nodes.find(({ id }) => id.endsWith('secret:a'))?.tags).toEqual([['k', 'v']])
})

test('a grant is one of the key that it names, whoever owns it', async () => {
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/k'
  const { state } = await loaded([
    answer(
      'kms:ListGrants',
      { KeyId: 'k' },
      { Grants: [{ KeyId: key, GranteePrincipal: ROLE, Operations: ['Decrypt'] }, { KeyId: key }] },
    ),
  ])
  const { arns, grants } = (
    state as { resources: { arns: readonly string[]; grants: { offsets: Int32Array } } }
  ).resources
  expect(arns).toEqual([key])
  expect([...grants.offsets]).toEqual([0, 1])
})
