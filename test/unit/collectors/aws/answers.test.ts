import { expect, test } from 'vitest'
import { at, each } from '../../../../collectors/aws/calls/call.ts'
import { CALLS, requiredCall } from '../../../../collectors/aws/calls/table.ts'
import { codeOf, fatal } from '../../../../collectors/aws/failures.ts'
import { plain, without } from '../../../../collectors/aws/plain.ts'
import type { Json } from '../../../../graph/index.ts'

test('a path leads through objects and lists', () => {
  const page = { Reservations: [{ Instances: [{ Id: 'a' }, { Id: 'b' }] }, { Instances: [{ Id: 'c' }] }, {}] }
  expect([...at(page, 'Reservations[].Instances[].Id')]).toEqual(['a', 'b', 'c'])
  expect([...at({ Urls: ['x', 'y'] }, 'Urls')]).toEqual(['x', 'y'])
  expect([...at(JSON.parse('{"a":1}') as Json, 'constructor.name')]).toEqual([])
})

test('targets keep what was asked before, and go to the region of the thing', () => {
  const asked = { account: '1', region: 'home', parameters: { InstanceArn: 'i', Other: 'o' } }
  const after = each('x:y', 'Items', { Name: 'N' }, { keep: ['InstanceArn'], region: 'R' })
  expect(after.targets([{ Items: [{ N: 'a', R: 'there' }, { N: 'b' }, { R: 'there' }] }], asked)).toEqual([
    { parameters: { InstanceArn: 'i', Name: 'a' }, region: 'there' },
    { parameters: { InstanceArn: 'i', Name: 'b' } },
  ])
})

test('targets that are asked together come in lists', () => {
  const after = each('x:y', 'names', { names: '' }, { together: ['names', 2] })
  const asked = { account: '1', region: 'home', parameters: {} }
  expect(after.targets([{ names: ['a', 'b', 'c'] }], asked)).toEqual([
    { parameters: { names: ['a', 'b'] } },
    { parameters: { names: ['c'] } },
  ])
})

test('an answer is JSON without the metadata of the call', () => {
  const answer = {
    $metadata: { requestId: 'r' },
    At: new Date(0),
    Bytes: new TextEncoder().encode('hi'),
    None: undefined,
    Big: 10n,
  }
  expect(plain(answer)).toEqual({ At: '1970-01-01T00:00:00.000Z', Bytes: 'aGk=', Big: '10' })
})

/** What people put secrets into, one answer each, in the forms of the API References. */
const SECRETS: readonly (readonly [call: string, answer: Json])[] = [
  [
    'lambda:ListFunctions',
    { Functions: [{ FunctionArn: 'f', Environment: { Variables: { P: 'SECRET' } } }] },
  ],
  [
    'ecs:DescribeTaskDefinition',
    {
      taskDefinition: {
        containerDefinitions: [
          { name: 'c', environment: [{ name: 'P', value: 'SECRET' }], command: ['SECRET'] },
        ],
      },
    },
  ],
  [
    'codebuild:BatchGetProjects',
    {
      projects: [
        {
          arn: 'p',
          environment: { environmentVariables: [{ value: 'SECRET' }] },
          source: { buildspec: 'SECRET' },
        },
      ],
    },
  ],
  [
    'ec2:DescribeLaunchTemplateVersions',
    { LaunchTemplateVersions: [{ LaunchTemplateId: 'lt', LaunchTemplateData: { UserData: 'SECRET' } }] },
  ],
  [
    'cloudformation:DescribeStackSet',
    { StackSet: { StackSetARN: 's', Parameters: [{ ParameterValue: 'SECRET' }], TemplateBody: 'SECRET' } },
  ],
  [
    'ram:GetResourceShareAssociations',
    { resourceShareAssociations: [{ associatedEntity: 'r', statusMessage: 'SECRET' }] },
  ],
  ['ram:ListResources', { resources: [{ arn: 'r', statusMessage: 'SECRET' }] }],
  ['glue:GetJobs', { Jobs: [{ Name: 'j', DefaultArguments: { '--password': 'SECRET' } }] }],
  [
    'cloudformation:DescribeStacks',
    {
      Stacks: [
        { StackId: 's', Parameters: [{ ParameterValue: 'SECRET' }], Outputs: [{ OutputValue: 'SECRET' }] },
      ],
    },
  ],
  [
    'sagemaker:DescribeModel',
    {
      ModelArn: 'm',
      PrimaryContainer: { Environment: { P: 'SECRET' } },
      Containers: [{ Environment: { P: 'SECRET' } }],
    },
  ],
  [
    'bedrock-agentcore-control:GetAgentRuntime',
    { agentRuntimeArn: 'a', environmentVariables: { P: 'SECRET' } },
  ],
  [
    'apprunner:DescribeService',
    {
      Service: {
        ServiceArn: 's',
        SourceConfiguration: {
          CodeRepository: {
            CodeConfiguration: { CodeConfigurationValues: { RuntimeEnvironmentVariables: { P: 'SECRET' } } },
          },
          ImageRepository: {
            ImageConfiguration: { RuntimeEnvironmentVariables: { P: 'SECRET' }, StartCommand: 'SECRET' },
          },
        },
      },
    },
  ],
  [
    'identitystore:ListUsers',
    { Users: [{ UserId: 'u', PhoneNumbers: [{ Value: 'SECRET' }], Addresses: [{ Locality: 'SECRET' }] }] },
  ],
]

test.each(SECRETS)('%s is kept without what people hide there', (name, answer) => {
  expect(JSON.stringify(answer)).toContain('SECRET')
  const kept = without(answer, requiredCall(name).drop ?? [])
  expect(JSON.stringify(kept)).not.toContain('SECRET')
  expect(kept).not.toEqual({})
})

test('every call that drops something but usage is tried above', () => {
  const tried = new Set(SECRETS.map(([name]) => name))
  const harmless = [
    'iam:GetServiceLastAccessedDetails',
    'apigateway:GetRestApis',
    'ecs:DescribeServices',
    'glue:GetDevEndpoints',
  ]
  const dropping = CALLS.filter((call) => call.drop !== undefined).map(
    (call) => `${call.service.id}:${call.operation}`,
  )
  expect(dropping.filter((name) => !tried.has(name) && !harmless.includes(name))).toEqual([])
})

test('an error is told by its code, never by its message', () => {
  const denied = Object.assign(new Error('User x is not authorized'), { name: 'AccessDeniedException' })
  expect(codeOf(denied)).toBe('AccessDeniedException')
  expect(codeOf(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED')
  expect(fatal(denied)).toBeUndefined()
  expect(fatal(Object.assign(new Error('x'), { name: 'ExpiredToken' }))?.code).toBe('CLOUD_UNUSABLE')
})
