import type { Json, JsonObject } from '../../graph/index.ts'

interface State {
  readonly running: boolean
  readonly managed: boolean
}

interface Listing {
  readonly type: string
  readonly call: string
  /** The answer when the account has none. */
  readonly none: JsonObject
  /** Answers when it has the one. */
  readonly one: (
    arn: string,
    role: string,
    state: State,
  ) => readonly (readonly [call: string, response: Json])[]
}

const REGION = 'us-east-1'

/** The services' answers, in the shapes of their API references. */
const LISTINGS: readonly Listing[] = [
  simple('lambda:function', 'lambda:ListFunctions', 'Functions', (FunctionArn, Role) => ({
    FunctionArn,
    Role,
  })),
  {
    type: 'ec2:instance',
    call: 'ec2:DescribeInstances',
    none: { Reservations: [] },
    one: (arn, _, { running, managed }) => [
      [
        'ec2:DescribeInstances',
        {
          Reservations: [
            {
              OwnerId: accountOf(arn),
              Instances: [
                {
                  InstanceId: last(arn),
                  State: { Code: running ? 16 : 80, Name: running ? 'running' : 'stopped' },
                  IamInstanceProfile: { Arn: `arn:aws:iam::${accountOf(arn)}:instance-profile/prize` },
                },
              ],
            },
          ],
        },
      ],
      [
        'ssm:DescribeInstanceInformation',
        {
          InstanceInformationList: [
            { InstanceId: last(arn), PingStatus: managed ? 'Online' : 'ConnectionLost' },
          ],
        },
      ],
    ],
  },
  simple('ec2:launch-template', 'ec2:DescribeLaunchTemplateVersions', 'LaunchTemplateVersions', (arn) => ({
    LaunchTemplateId: last(arn),
    LaunchTemplateData: { IamInstanceProfile: { Name: 'prize' } },
  })),
  {
    type: 'codebuild:project',
    call: 'codebuild:ListProjects',
    none: { projects: [] },
    one: (arn, serviceRole) => [
      ['codebuild:ListProjects', { projects: [last(arn)] }],
      ['codebuild:BatchGetProjects', { projects: [{ name: last(arn), arn, serviceRole }] }],
    ],
  },
  simple('glue:devEndpoint', 'glue:GetDevEndpoints', 'DevEndpoints', (arn, RoleArn) => ({
    EndpointName: last(arn),
    RoleArn,
  })),
  simple('glue:job', 'glue:GetJobs', 'Jobs', (arn, Role) => ({ Name: last(arn), Role })),
  {
    type: 'sagemaker:notebook-instance',
    call: 'sagemaker:ListNotebookInstances',
    none: { NotebookInstances: [] },
    one: (NotebookInstanceArn, RoleArn, { running }) => {
      const NotebookInstanceStatus = running ? 'InService' : 'Stopped'
      return [
        [
          'sagemaker:ListNotebookInstances',
          { NotebookInstances: [{ NotebookInstanceArn, NotebookInstanceStatus }] },
        ],
        ['sagemaker:DescribeNotebookInstance', { NotebookInstanceArn, RoleArn, NotebookInstanceStatus }],
      ]
    },
  },
  simple('cloudformation:stack', 'cloudformation:DescribeStacks', 'Stacks', (StackId, RoleARN) => ({
    StackId,
    StackName: 'prize',
    RoleARN,
  })),
  {
    type: 'cloudformation:stackset',
    call: 'cloudformation:DescribeStackSet',
    none: {},
    one: (StackSetARN, AdministrationRoleARN) => [
      ['cloudformation:DescribeStackSet', { StackSet: { StackSetARN, AdministrationRoleARN } }],
    ],
  },
  {
    type: 'apprunner:service',
    call: 'apprunner:ListServices',
    none: { ServiceSummaryList: [] },
    one: (ServiceArn, InstanceRoleArn) => [
      ['apprunner:ListServices', { ServiceSummaryList: [{ ServiceArn, Status: 'RUNNING' }] }],
      ['apprunner:DescribeService', { Service: { ServiceArn, InstanceConfiguration: { InstanceRoleArn } } }],
    ],
  },
  {
    type: 'bedrock-agentcore:code-interpreter-custom',
    call: 'bedrock-agentcore-control:ListCodeInterpreters',
    none: { codeInterpreterSummaries: [] },
    one: (codeInterpreterArn, executionRoleArn, { running }) => {
      const status = running ? 'READY' : 'DELETING'
      return [
        [
          'bedrock-agentcore-control:ListCodeInterpreters',
          { codeInterpreterSummaries: [{ codeInterpreterArn, status }] },
        ],
        ['bedrock-agentcore-control:GetCodeInterpreter', { codeInterpreterArn, executionRoleArn, status }],
      ]
    },
  },
  simple('batch:job-queue', 'batch:DescribeJobQueues', 'jobQueues', (jobQueueArn) => ({ jobQueueArn })),
  {
    type: 'ecs:cluster',
    call: 'ecs:ListClusters',
    none: { clusterArns: [] },
    one: (arn) => [['ecs:ListClusters', { clusterArns: [arn] }]],
  },
  {
    type: 'ecs:container-instance',
    call: 'ecs:ListContainerInstances',
    none: { containerInstanceArns: [] },
    one: (arn) => [['ecs:ListContainerInstances', { containerInstanceArns: [arn] }]],
  },
]

/** The answers of an account that has one resource of a type, or none, and none of the others. */
export function listingsOf(
  account: string,
  type: string | undefined,
  has: boolean,
  state: State,
): readonly Json[] {
  const line = (call: string, response: Json): Json => ({
    call,
    account,
    region: REGION,
    parameters: {},
    response,
  })
  return LISTINGS.flatMap((listing) =>
    listing.type === type && has
      ? listing
          .one(hostArn(account, listing.type), `arn:aws:iam::${account}:role/prize`, state)
          .map(([call, response]) => line(call, response))
      : [line(listing.call, listing.none)],
  )
}

/** The one resource of a type that an account has. */
export function hostArn(id: string, type: string): string {
  const [service = '', resource = ''] = type.split(':')
  const separator = service === 'lambda' ? ':' : '/'
  const name = type === 'ec2:instance' ? 'i-0123' : type === 'ec2:launch-template' ? 'lt-0123' : 'prize'
  return `arn:aws:${service}:us-east-1:${id}:${resource}${separator}${name}`
}

function simple(
  type: string,
  call: string,
  list: string,
  item: (arn: string, role: string) => JsonObject,
): Listing {
  return { type, call, none: { [list]: [] }, one: (arn, role) => [[call, { [list]: [item(arn, role)] }]] }
}

function last(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}
