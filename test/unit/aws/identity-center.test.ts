import { expect, it } from 'vitest'
import { awsAnalyzer } from '../../../analyzer/aws/analyzer.ts'
import { nodeId, type Json } from '../../../graph/index.ts'
import { memoryReader } from '../../analyzer/memory-reader.ts'
import { jsonSource, readerOf } from '../../reference/aws-files.ts'

const SET = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1'
const ROLE =
  'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'
const details = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [
    {
      RoleName: 'AWSReservedSSO_Admin_0123456789abcdef',
      RoleId: 'AROA1',
      Arn: ROLE,
      Path: '/aws-reserved/sso.amazonaws.com/',
      AssumeRolePolicyDocument: {},
    },
  ],
  Policies: [],
}
const assigned = (account: string, set = SET) => ({
  AccountId: account,
  PermissionSetArn: set,
  PrincipalType: 'USER',
  PrincipalId: 'u-1',
})

it('assignments lead to the role of the permission set; those whose role is not there are counted', async () => {
  const sources = [
    jsonSource('aws.account-authorization-details', details),
    jsonSource('aws.permission-set', { PermissionSet: { PermissionSetArn: SET, Name: 'Admin' } }),
    jsonSource('aws.account-assignments', [
      assigned('111111111111'),
      assigned('222222222222'),
      assigned('111111111111', 'arn:aws:sso:::permissionSet/ssoins-1/ps-2'),
    ]),
  ]
  const loaded = await awsAnalyzer.load(readerOf(sources))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  expect(loaded.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    `aws:identity-center/user/u-1 aws:${ROLE}`,
  ])
  expect(engine.notEvaluated).toContainEqual({
    cloud: 'aws',
    construct: 'permission-set-assignment',
    title: 'assignments of permission sets whose role and policies were not imported',
    count: 2,
  })
})

const AWS_READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const allow = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
})
const managed = (Arn: string, Action: string) => ({
  PolicyName: Arn.slice(Arn.lastIndexOf('/') + 1),
  Arn,
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: allow(Action) }],
})
const parameters = { InstanceArn: 'arn:aws:sso:::instance/ssoins-1', PermissionSetArn: SET }
const answer = (call: string, response: Json) => ({
  call: `sso-admin:${call}`,
  account: '111111111111',
  region: 'us-east-1',
  parameters,
  response,
})
const reference = { Name: 'team', Path: '/own/' }

/** What of the permission set was imported besides its name and inline policy, and what the person may then do. */
const PROVISIONED: readonly (readonly [
  says: string,
  answers: readonly Json[],
  decisions: readonly string[],
])[] = [
  [
    'inline, AWS managed and customer managed policies together',
    [
      answer('ListCustomerManagedPolicyReferencesInPermissionSet', {
        CustomerManagedPolicyReferences: [reference],
      }),
      answer('GetPermissionsBoundaryForPermissionSet', null),
    ],
    ['allowed', 'allowed', 'allowed', 'denied'],
  ],
  [
    'the boundary of the permission set limits them',
    [
      answer('ListCustomerManagedPolicyReferencesInPermissionSet', { CustomerManagedPolicyReferences: [] }),
      answer('GetPermissionsBoundaryForPermissionSet', {
        PermissionsBoundary: { CustomerManagedPolicyReference: reference },
      }),
    ],
    ['denied', 'denied', 'denied', 'denied'],
  ],
  ['what was not imported makes it unknown', [], ['unknown', 'unknown', 'unknown', 'unknown']],
]

it.each(PROVISIONED)('a role that is not provisioned yet: %s', async (_, answers, decisions) => {
  const account = '222222222222'
  const custom = `arn:aws:iam::${account}:policy/own/team`
  const iam = {
    ...details,
    RoleDetailList: [],
    Policies: [managed(custom, 'sqs:*'), managed(AWS_READ, 's3:GetObject')],
  }
  const loaded = await awsAnalyzer.load(
    memoryReader([
      { kind: 'aws.account-authorization-details', rows: [iam], scope: account },
      { kind: 'aws.permission-set', rows: [{ PermissionSetArn: SET, Name: 'Admin' }] },
      {
        kind: 'aws.permission-set-inline-policy',
        rows: [{ InlinePolicy: JSON.stringify(allow('sns:*')) }],
        parameters,
      },
      {
        kind: 'aws.permission-set-managed-policies',
        rows: [{ Name: 'ReadOnlyAccess', Arn: AWS_READ }],
        parameters,
      },
      { kind: 'aws.answers', rows: answers },
      { kind: 'aws.account-assignments', rows: [assigned(account)] },
      { kind: 'aws.organization', rows: [] },
    ]),
  )
  const role = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin`
  expect(loaded.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    `aws:identity-center/user/u-1 aws:${role}`,
  ])
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  const asked = ['sns:ListTopics', 's3:GetObject', 'sqs:ListQueues', 'ec2:RunInstances'].map((action) => {
    const answered = engine.can(nodeId('aws', role), action, '*')
    if (answered.decision !== 'unknown') return answered.decision
    // Only control policies are missing where the role itself is known.
    const own = answered.missing.filter(({ what }) => !what.endsWith('-control-policies'))
    return own.length === 0 ? answered.otherwise : 'unknown'
  })
  expect(asked).toEqual(decisions)
})
