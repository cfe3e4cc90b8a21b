import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own, ownList, ownString } from '../../../graph/index.ts'
import type { HostType } from '../techniques/host-types.ts'

/** What a record says of a resource that can run with a role. */
export interface HostRecord {
  readonly type: HostType
  readonly arn: string
  readonly role?: string
  /** ARN or name of the instance profile. */
  readonly profile?: string
  /** It runs, is in service, is ready; absent: the record does not tell. */
  readonly running?: boolean
  /** Systems Manager reaches it. */
  readonly managed?: boolean
  /** False: only its name was listed, and its role is not known. */
  readonly described?: boolean
}

/** Where a record was asked for; empty when it is not known. */
export interface AskedIn {
  readonly account: string
  readonly region: string
}

type InConfig = (arn: string, configuration: JsonObject) => HostRecord
type Read = (type: HostType, row: JsonObject, asked: AskedIn) => readonly HostRecord[]

/**
 * Records of AWS Config by resource type, and where they keep the role.
 * https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html
 */
const CONFIG: ReadonlyMap<string, InConfig> = new Map<string, InConfig>([
  ['AWS::Lambda::Function', (arn, c) => ({ type: 'lambda:function', arn, ...role(c, 'Role') })],
  [
    'AWS::EC2::Instance',
    (arn, c) => ({
      type: 'ec2:instance',
      arn,
      ...profile(field(c, 'IamInstanceProfile')),
      ...running(field(c, 'State'), 'Name', 'running'),
    }),
  ],
  [
    'AWS::EC2::LaunchTemplate',
    (arn, c) => ({
      type: 'ec2:launch-template',
      arn,
      ...profile(inside(c, 'LaunchTemplateData', 'IamInstanceProfile')),
    }),
  ],
  ['AWS::CodeBuild::Project', (arn, c) => ({ type: 'codebuild:project', arn, ...role(c, 'ServiceRole') })],
  [
    'AWS::SageMaker::NotebookInstance',
    (arn, c) => ({ type: 'sagemaker:notebook-instance', arn, ...role(c, 'RoleArn') }),
  ],
  ['AWS::CloudFormation::Stack', (arn, c) => ({ type: 'cloudformation:stack', arn, ...role(c, 'RoleARN') })],
  [
    'AWS::AppRunner::Service',
    (arn, c) => ({
      type: 'apprunner:service',
      arn,
      ...role(field(c, 'InstanceConfiguration'), 'InstanceRoleArn'),
    }),
  ],
  ['AWS::Glue::Job', (arn) => ({ type: 'glue:job', arn })],
  ['AWS::ECS::Cluster', (arn) => ({ type: 'ecs:cluster', arn })],
  ['AWS::Batch::JobQueue', (arn) => ({ type: 'batch:job-queue', arn })],
])

interface AnswerShape {
  /** The types that the answer lists: when it is empty, the account has none there. */
  readonly lists: readonly HostType[]
  /** The types of which the account has none there when the answer has no record: they are listed by what is in it. */
  readonly none?: readonly HostType[]
  /** Members that hold the records; empty: the answer is the record. */
  readonly at: string
  readonly read: (row: JsonObject, asked: AskedIn) => readonly HostRecord[]
}

/** Answers of the services' own calls. The API reference of each service names the members. */
const ANSWERS: ReadonlyMap<string, AnswerShape> = new Map<string, AnswerShape>([
  ['lambda:ListFunctions', list('lambda:function', 'Functions', arnAt('FunctionArn', 'Role'))],
  ['ec2:DescribeInstances', { lists: ['ec2:instance'], at: 'Reservations', read: instancesOf }],
  ['ssm:DescribeInstanceInformation', { lists: [], at: 'InstanceInformationList', read: managedInstance }],
  [
    'ec2:DescribeLaunchTemplateVersions',
    list('ec2:launch-template', 'LaunchTemplateVersions', (type, row, asked) =>
      named(type, asked, 'ec2', `launch-template/${ownString(row, 'LaunchTemplateId') ?? ''}`, {
        ...profile(inside(row, 'LaunchTemplateData', 'IamInstanceProfile')),
      }),
    ),
  ],
  ['codebuild:ListProjects', list('codebuild:project', 'projects', () => [])],
  ['codebuild:BatchGetProjects', part('codebuild:project', 'projects', arnAt('arn', 'serviceRole'))],
  [
    'glue:GetDevEndpoints',
    list('glue:devEndpoint', 'DevEndpoints', (type, row, asked) =>
      named(type, asked, 'glue', `devEndpoint/${ownString(row, 'EndpointName') ?? ''}`, role(row, 'RoleArn')),
    ),
  ],
  [
    'glue:GetJobs',
    list('glue:job', 'Jobs', (type, row, asked) =>
      named(type, asked, 'glue', `job/${ownString(row, 'Name') ?? ''}`, {}),
    ),
  ],
  [
    'sagemaker:ListNotebookInstances',
    list('sagemaker:notebook-instance', 'NotebookInstances', (type, row) =>
      arnAt('NotebookInstanceArn')(type, row).map((found) => ({ ...found, described: false })),
    ),
  ],
  [
    'sagemaker:DescribeNotebookInstance',
    part('sagemaker:notebook-instance', '', (type, row) =>
      arnAt('NotebookInstanceArn', 'RoleArn')(type, row).map((found) => ({
        ...found,
        ...running(row, 'NotebookInstanceStatus', 'InService'),
      })),
    ),
  ],
  ['cloudformation:DescribeStacks', list('cloudformation:stack', 'Stacks', arnAt('StackId', 'RoleARN'))],
  [
    'cloudformation:ListStackSets',
    list('cloudformation:stackset', 'Summaries', (type, row, asked) =>
      named(type, asked, 'cloudformation', `stackset/${ownString(row, 'StackSetId') ?? ''}`, {
        described: false,
      }),
    ),
  ],
  [
    'cloudformation:DescribeStackSet',
    list('cloudformation:stackset', 'StackSet', arnAt('StackSetARN', 'AdministrationRoleARN')),
  ],
  [
    'apprunner:ListServices',
    list('apprunner:service', 'ServiceSummaryList', (type, row) =>
      arnAt('ServiceArn')(type, row).map((found) => ({ ...found, described: false })),
    ),
  ],
  [
    'apprunner:DescribeService',
    part('apprunner:service', 'Service', (type, row) =>
      arnAt('ServiceArn')(type, row).map((found) => ({
        ...found,
        ...role(own(row, 'InstanceConfiguration'), 'InstanceRoleArn'),
      })),
    ),
  ],
  [
    'bedrock-agentcore-control:ListCodeInterpreters',
    list('bedrock-agentcore:code-interpreter-custom', 'codeInterpreterSummaries', (type, row) =>
      arnAt('codeInterpreterArn')(type, row).map((found) => ({ ...found, described: false })),
    ),
  ],
  [
    'bedrock-agentcore-control:GetCodeInterpreter',
    part('bedrock-agentcore:code-interpreter-custom', '', (type, row) =>
      arnAt('codeInterpreterArn', 'executionRoleArn')(type, row).map((found) => ({
        ...found,
        ...running(row, 'status', 'READY'),
      })),
    ),
  ],
  [
    'ecs:ListClusters',
    {
      lists: ['ecs:cluster'],
      none: ['ecs:container-instance'],
      at: '',
      read: (row) =>
        ownList(row, 'clusterArns').flatMap((arn) =>
          typeof arn === 'string' ? [{ type: 'ecs:cluster', arn }] : [],
        ),
    },
  ],
  [
    'ecs:ListContainerInstances',
    {
      lists: ['ecs:container-instance'],
      at: '',
      read: (row) =>
        ownList(row, 'containerInstanceArns').flatMap((arn) =>
          typeof arn === 'string' ? [{ type: 'ecs:container-instance', arn }] : [],
        ),
    },
  ],
  ['batch:DescribeJobQueues', list('batch:job-queue', 'jobQueues', arnAt('jobQueueArn'))],
])

/** The types that a call lists. */
export function typesIn(call: string): readonly HostType[] {
  return ANSWERS.get(call)?.lists ?? []
}

/** What an answer to a call says; `undefined` for calls that are about no such resources. */
export function hostsInAnswer(
  call: string,
  response: Json | undefined,
  asked: AskedIn,
): { readonly lists: readonly HostType[]; readonly hosts: readonly HostRecord[] } | undefined {
  const shape = ANSWERS.get(call)
  if (shape === undefined) return undefined
  const body = objectOr(response)
  const found = shape.at === '' ? body : own(body, shape.at)
  const rows = Array.isArray(found) ? (found as readonly Json[]) : [found ?? null]
  const hosts = rows.flatMap((row) => (isObject(row) ? shape.read(row, asked) : []))
  return { lists: hosts.length === 0 ? [...shape.lists, ...(shape.none ?? [])] : shape.lists, hosts }
}

/** What a record of AWS Config says; `undefined` for types that run with no role. */
export function hostInConfig(type: string, arn: string, configuration: JsonObject): HostRecord | undefined {
  return CONFIG.get(type)?.(arn, configuration)
}

function list(type: HostType, at: string, read: Read): AnswerShape {
  return { lists: [type], at, read: (row, asked) => read(type, row, asked) }
}

/** One of many answers: that it is there says nothing of the others. */
function part(type: HostType, at: string, read: Read): AnswerShape {
  return { ...list(type, at, read), lists: [] }
}

function arnAt(arnIs: string, roleIs?: string) {
  return (type: HostType, row: JsonObject): readonly HostRecord[] => {
    const arn = ownString(row, arnIs)
    return arn === undefined ? [] : [{ type, arn, ...(roleIs === undefined ? {} : role(row, roleIs)) }]
  }
}

function instancesOf(reservation: JsonObject, asked: AskedIn): readonly HostRecord[] {
  const account = ownString(reservation, 'OwnerId') ?? asked.account
  return ownList(reservation, 'Instances').flatMap((instance) => {
    if (!isObject(instance)) return []
    const id = ownString(instance, 'InstanceId') ?? ''
    return named('ec2:instance', { ...asked, account }, 'ec2', `instance/${id}`, {
      ...profile(own(instance, 'IamInstanceProfile')),
      ...running(own(instance, 'State'), 'Name', 'running'),
    })
  })
}

function managedInstance(row: JsonObject, asked: AskedIn): readonly HostRecord[] {
  const id = ownString(row, 'InstanceId') ?? ''
  const managed = { managed: ownString(row, 'PingStatus') === 'Online' }
  return id.startsWith('i-') ? named('ec2:instance', asked, 'ec2', `instance/${id}`, managed) : []
}

/** A resource whose record has no ARN: it is put together from where it was asked for. */
function named(
  type: HostType,
  { account, region }: AskedIn,
  service: string,
  resource: string,
  more: Partial<HostRecord>,
): readonly HostRecord[] {
  if (account === '' || region === '' || resource.endsWith('/')) return []
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  return [{ type, arn: `arn:${partition}:${service}:${region}:${account}:${resource}`, ...more }]
}

function role(holder: Json | undefined, name: string): { readonly role?: string } {
  const found = field(holder, name)
  return typeof found === 'string' && found.includes(':role/') ? { role: found } : {}
}

function profile(value: Json | undefined): { readonly profile?: string } {
  if (typeof value === 'string' && value !== '') return { profile: value }
  const found = field(value, 'Arn') ?? field(value, 'Name')
  return typeof found === 'string' ? { profile: found } : {}
}

function running(value: Json | undefined, name: string, is: string): { readonly running?: boolean } {
  const found = field(value, name)
  return typeof found === 'string' ? { running: found === is } : {}
}

function inside(holder: Json | undefined, outer: string, inner: string): Json | undefined {
  return field(field(holder, outer), inner)
}

/** A member of an object; AWS Config writes some names with a small first letter. */
function field(holder: Json | undefined, name: string): Json | undefined {
  if (!isObject(holder)) return undefined
  return own(holder, name) ?? own(holder, name.charAt(0).toLowerCase() + name.slice(1))
}

function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
