import { type Call, each } from './call.ts'
import { APP_RUNNER, CLOUDFORMATION, CODEBUILD, EC2, GLUE, SAGEMAKER, SSM } from './services.ts'

const region = { place: 'region', yields: 'aws.answers', gap: 'workloads' } as const
const INSTANCE_CONFIGURATION = 'Service.SourceConfiguration'
const MODEL_CONTAINERS = ['PrimaryContainer', 'Containers[]']

/** More of what runs code with a role: machines, builds, jobs, notebooks and stacks. */
export const MACHINE_CALLS: readonly Call[] = [
  {
    ...region,
    service: EC2,
    operation: 'DescribeInstances',
    actions: ['ec2:DescribeInstances'],
    parameters: { MaxResults: 1000 },
    pages: 'NextToken',
  },
  {
    ...region,
    service: SSM,
    operation: 'DescribeInstanceInformation',
    actions: ['ssm:DescribeInstanceInformation'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: CODEBUILD,
    operation: 'ListProjects',
    actions: ['codebuild:ListProjects'],
    pages: 'nextToken',
  },
  {
    ...region,
    service: CODEBUILD,
    operation: 'BatchGetProjects',
    actions: ['codebuild:BatchGetProjects'],
    after: [each('codebuild:ListProjects', 'projects', { names: '' }, { together: ['names', 100] })],
    drop: [
      'projects[].environment.environmentVariables',
      'projects[].source.buildspec',
      'projects[].secondarySources[].buildspec',
    ],
  },
  {
    ...region,
    service: GLUE,
    operation: 'GetJobs',
    actions: ['glue:GetJobs'],
    pages: 'NextToken',
    drop: [
      'Jobs[].DefaultArguments',
      'Jobs[].NonOverridableArguments',
      'Jobs[].CodeGenConfigurationNodes',
      'Jobs[].SourceControlDetails',
    ],
  },
  {
    ...region,
    service: GLUE,
    operation: 'GetDevEndpoints',
    actions: ['glue:GetDevEndpoints'],
    pages: 'NextToken',
    drop: ['DevEndpoints[].Arguments'],
  },
  {
    ...region,
    service: GLUE,
    operation: 'GetResourcePolicy',
    actions: ['glue:GetResourcePolicy'],
    gap: 'resource-policies',
    absent: ['EntityNotFoundException'],
  },
  {
    ...region,
    service: SAGEMAKER,
    operation: 'ListNotebookInstances',
    actions: ['sagemaker:ListNotebookInstances'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: SAGEMAKER,
    operation: 'DescribeNotebookInstance',
    actions: ['sagemaker:DescribeNotebookInstance'],
    after: [
      each('sagemaker:ListNotebookInstances', 'NotebookInstances', {
        NotebookInstanceName: 'NotebookInstanceName',
      }),
    ],
    absent: ['ResourceNotFound'],
  },
  {
    ...region,
    service: SAGEMAKER,
    operation: 'ListDomains',
    actions: ['sagemaker:ListDomains'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: SAGEMAKER,
    operation: 'DescribeDomain',
    actions: ['sagemaker:DescribeDomain'],
    after: [each('sagemaker:ListDomains', 'Domains', { DomainId: 'DomainId' })],
    absent: ['ResourceNotFound'],
  },
  {
    ...region,
    service: SAGEMAKER,
    operation: 'ListModels',
    actions: ['sagemaker:ListModels'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: SAGEMAKER,
    operation: 'DescribeModel',
    actions: ['sagemaker:DescribeModel'],
    after: [each('sagemaker:ListModels', 'Models', { ModelName: 'ModelName' })],
    absent: ['ResourceNotFound'],
    drop: MODEL_CONTAINERS.map((container) => `${container}.Environment`),
  },
  {
    ...region,
    service: CLOUDFORMATION,
    operation: 'DescribeStacks',
    actions: ['cloudformation:DescribeStacks'],
    pages: 'NextToken',
    drop: ['Stacks[].Parameters', 'Stacks[].Outputs'],
  },
  {
    ...region,
    service: APP_RUNNER,
    operation: 'ListServices',
    actions: ['apprunner:ListServices'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: APP_RUNNER,
    operation: 'DescribeService',
    actions: ['apprunner:DescribeService'],
    after: [each('apprunner:ListServices', 'ServiceSummaryList', { ServiceArn: 'ServiceArn' })],
    absent: ['ResourceNotFoundException'],
    drop: [
      `${INSTANCE_CONFIGURATION}.CodeRepository.CodeConfiguration.CodeConfigurationValues`,
      `${INSTANCE_CONFIGURATION}.ImageRepository.ImageConfiguration`,
    ],
  },
]
