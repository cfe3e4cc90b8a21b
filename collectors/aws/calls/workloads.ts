import { type Call, each } from './call.ts'
import * as services from './services.ts'

/** What runs code with a role: whoever changes it has the role. Environments, commands and parameters are never kept. */
const region = { place: 'region', yields: 'aws.answers', gap: 'workloads' } as const
const NOT_FOUND = ['ResourceNotFoundException']

const functions = [each('lambda:ListFunctions', 'Functions', { FunctionName: 'FunctionArn' })]
const layers = [each('lambda:ListLayers', 'Layers', { LayerName: 'LayerArn' })]

const LAMBDA_CALLS: readonly Call[] = [
  {
    ...region,
    service: services.LAMBDA,
    operation: 'ListFunctions',
    actions: ['lambda:ListFunctions'],
    pages: ['NextMarker', 'Marker'],
    drop: ['Functions[].Environment'],
  },
  {
    ...region,
    service: services.LAMBDA,
    operation: 'GetPolicy',
    actions: ['lambda:GetPolicy'],
    after: functions,
    gap: 'resource-policies',
    absent: NOT_FOUND,
  },
  {
    ...region,
    service: services.LAMBDA,
    operation: 'ListFunctionUrlConfigs',
    actions: ['lambda:ListFunctionUrlConfigs'],
    after: functions,
    pages: ['NextMarker', 'Marker'],
    gap: 'resource-policies',
    absent: NOT_FOUND,
  },
  {
    ...region,
    service: services.LAMBDA,
    operation: 'ListLayers',
    actions: ['lambda:ListLayers'],
    pages: ['NextMarker', 'Marker'],
    gap: 'resource-policies',
  },
  {
    ...region,
    service: services.LAMBDA,
    operation: 'ListLayerVersions',
    actions: ['lambda:ListLayerVersions'],
    after: layers,
    pages: ['NextMarker', 'Marker'],
    gap: 'resource-policies',
    absent: NOT_FOUND,
  },
  {
    ...region,
    service: services.LAMBDA,
    operation: 'GetLayerVersionPolicy',
    actions: ['lambda:GetLayerVersionPolicy'],
    after: [
      each(
        'lambda:ListLayerVersions',
        'LayerVersions',
        { VersionNumber: 'Version' },
        { keep: ['LayerName'] },
      ),
    ],
    gap: 'resource-policies',
    absent: NOT_FOUND,
  },
]

const definitions = [
  each('ecs:DescribeServices', 'services', { taskDefinition: 'taskDefinition' }),
  each('ecs:ListTaskDefinitionFamilies', 'families', { taskDefinition: '' }),
]
const CONTAINER_SECRETS = [
  'command',
  'entryPoint',
  'environment',
  'environmentFiles',
  'dockerLabels',
  'healthCheck',
]

const CONTAINER_CALLS: readonly Call[] = [
  {
    ...region,
    service: services.ECS,
    operation: 'ListClusters',
    actions: ['ecs:ListClusters'],
    pages: 'nextToken',
  },
  {
    ...region,
    service: services.ECS,
    operation: 'ListContainerInstances',
    actions: ['ecs:ListContainerInstances'],
    after: [each('ecs:ListClusters', 'clusterArns', { cluster: '' })],
    pages: 'nextToken',
    absent: ['ClusterNotFoundException'],
  },
  {
    ...region,
    service: services.ECS,
    operation: 'ListServices',
    actions: ['ecs:ListServices'],
    after: [each('ecs:ListClusters', 'clusterArns', { cluster: '' })],
    pages: 'nextToken',
    absent: ['ClusterNotFoundException'],
  },
  {
    ...region,
    service: services.ECS,
    operation: 'DescribeServices',
    actions: ['ecs:DescribeServices'],
    after: [
      each(
        'ecs:ListServices',
        'serviceArns',
        { services: '' },
        { keep: ['cluster'], together: ['services', 10] },
      ),
    ],
    absent: ['ClusterNotFoundException'],
    drop: ['services[].events'],
  },
  {
    ...region,
    service: services.ECS,
    operation: 'ListTaskDefinitionFamilies',
    actions: ['ecs:ListTaskDefinitionFamilies'],
    parameters: { status: 'ACTIVE' },
    pages: 'nextToken',
  },
  {
    ...region,
    service: services.ECS,
    operation: 'DescribeTaskDefinition',
    actions: ['ecs:DescribeTaskDefinition'],
    after: definitions,
    drop: CONTAINER_SECRETS.map((name) => `taskDefinition.containerDefinitions[].${name}`),
    absent: ['ClientException'],
  },
  {
    ...region,
    service: services.EKS,
    operation: 'ListClusters',
    actions: ['eks:ListClusters'],
    pages: 'nextToken',
  },
  ...(
    [
      ['DescribeCluster', 'eks:ListClusters', 'clusters', { name: '' }, [], false],
      ['ListAccessEntries', 'eks:ListClusters', 'clusters', { clusterName: '' }, [], true],
      [
        'DescribeAccessEntry',
        'eks:ListAccessEntries',
        'accessEntries',
        { principalArn: '' },
        ['clusterName'],
        false,
      ],
      [
        'ListAssociatedAccessPolicies',
        'eks:ListAccessEntries',
        'accessEntries',
        { principalArn: '' },
        ['clusterName'],
        true,
      ],
      ['ListPodIdentityAssociations', 'eks:ListClusters', 'clusters', { clusterName: '' }, [], true],
      [
        'DescribePodIdentityAssociation',
        'eks:ListPodIdentityAssociations',
        'associations',
        { clusterName: 'clusterName', associationId: 'associationId' },
        [],
        false,
      ],
      ['ListNodegroups', 'eks:ListClusters', 'clusters', { clusterName: '' }, [], true],
      [
        'DescribeNodegroup',
        'eks:ListNodegroups',
        'nodegroups',
        { nodegroupName: '' },
        ['clusterName'],
        false,
      ],
      ['ListFargateProfiles', 'eks:ListClusters', 'clusters', { clusterName: '' }, [], true],
      [
        'DescribeFargateProfile',
        'eks:ListFargateProfiles',
        'fargateProfileNames',
        { fargateProfileName: '' },
        ['clusterName'],
        false,
      ],
    ] as const
  ).map(([operation, call, list, give, keep, isPaged]): Call => ({
    ...region,
    service: services.EKS,
    operation,
    actions: [`eks:${operation}`],
    after: [each(call, list, give, { keep })],
    absent: NOT_FOUND,
    ...(isPaged ? { pages: 'nextToken' } : {}),
  })),
]

const AGENT_CALLS: readonly Call[] = (
  [
    ['ListAgentRuntimes', 'GetAgentRuntime', 'agentRuntimes', 'agentRuntimeId', ['environmentVariables']],
    ['ListCodeInterpreters', 'GetCodeInterpreter', 'codeInterpreterSummaries', 'codeInterpreterId', []],
    ['ListBrowsers', 'GetBrowser', 'browserSummaries', 'browserId', []],
    ['ListGateways', 'GetGateway', 'items', 'gatewayId', []],
  ] as const
).flatMap(([list, get, members, id, drop]): readonly Call[] => [
  {
    ...region,
    service: services.AGENTCORE,
    operation: list,
    actions: [`bedrock-agentcore:${list}`],
    pages: 'nextToken',
  },
  {
    ...region,
    service: services.AGENTCORE,
    operation: get,
    actions: [`bedrock-agentcore:${get}`],
    after: [
      each(
        `bedrock-agentcore-control:${list}`,
        members,
        id === 'gatewayId' ? { gatewayIdentifier: id } : { [id]: id },
      ),
    ],
    absent: NOT_FOUND,
    ...(drop.length > 0 ? { drop } : {}),
  },
])

export const WORKLOAD_CALLS: readonly Call[] = [...LAMBDA_CALLS, ...CONTAINER_CALLS, ...AGENT_CALLS]
