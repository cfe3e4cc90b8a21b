export interface HostKind {
  /** What one is called. */
  readonly name: string
  /** The service that acts as its role; empty: it has none, and only has to be there. */
  readonly service: string
  /** ARNs of the type; `{account}` stands for the account's id. */
  readonly pattern: string
  /** Its role is that of an instance profile. */
  readonly profile?: boolean
}

/** Resources that run with a role, or that must be there for a role to be handed to them, by node type. */
export const HOSTS = {
  'lambda:function': host('Lambda function', 'lambda', 'lambda', 'function:*'),
  'ec2:instance': { ...host('EC2 instance', 'ec2', 'ec2', 'instance/*'), profile: true },
  'ec2:launch-template': { ...host('launch template', 'ec2', 'ec2', 'launch-template/*'), profile: true },
  'codebuild:project': host('CodeBuild project', 'codebuild', 'codebuild', 'project/*'),
  'glue:devEndpoint': host('Glue development endpoint', 'glue', 'glue', 'devEndpoint/*'),
  'glue:job': host('Glue job', 'glue', 'glue', 'job/*'),
  'sagemaker:notebook-instance': host('SageMaker notebook', 'sagemaker', 'sagemaker', 'notebook-instance/*'),
  'cloudformation:stack': host('CloudFormation stack', 'cloudformation', 'cloudformation', 'stack/*'),
  'cloudformation:stackset': host(
    'CloudFormation stack set',
    'cloudformation',
    'cloudformation',
    'stackset/*',
  ),
  'apprunner:service': host('App Runner service', 'tasks.apprunner', 'apprunner', 'service/*'),
  'bedrock-agentcore:code-interpreter-custom': host(
    'code interpreter',
    'bedrock-agentcore',
    'bedrock-agentcore',
    'code-interpreter-custom/*',
  ),
  'ecs:cluster': host('ECS cluster', '', 'ecs', 'cluster/*'),
  'ecs:container-instance': host('ECS container instance', '', 'ecs', 'container-instance/*'),
  'batch:job-queue': host('Batch job queue', '', 'batch', 'job-queue/*'),
} as const satisfies Readonly<Record<string, HostKind>>
export type HostType = keyof typeof HOSTS

function host(name: string, service: string, prefix: string, resource: string): HostKind {
  return {
    name,
    service: service === '' ? '' : `${service}.amazonaws.com`,
    pattern: `arn:aws:${prefix}:*:{account}:${resource}`,
  }
}

/** What a resource of a type is called. */
export function hostName(type: HostType): string {
  const kind: HostKind = HOSTS[type]
  return kind.name
}
