import { type Call, each } from './call.ts'
import { API_GATEWAY, EC2, ECR, EVENTS, KMS, OPENSEARCH, RAM, SECRETS, SNS, SQS } from './services.ts'

const region = { place: 'region', yields: 'aws.answers', gap: 'resource-policies' } as const
const shares = { ...region, service: RAM, gap: 'resource-shares' } as const
const OWNERS = [{ resourceOwner: 'SELF' }, { resourceOwner: 'OTHER-ACCOUNTS' }]
const NOT_FOUND = ['ResourceNotFoundException']
/** A key or queue that went away while it was asked, or a key whose policy hides it even from its account. */
const NO_KEY = ['NotFoundException']
const NO_QUEUE = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']

const keys = [each('kms:ListKeys', 'Keys', { KeyId: 'KeyId' })]
const repositories = [each('ecr:DescribeRepositories', 'repositories', { repositoryName: 'repositoryName' })]

export const RESOURCE_CALLS: readonly Call[] = [
  {
    ...region,
    place: 'account',
    service: EC2,
    operation: 'DescribeRegions',
    actions: ['ec2:DescribeRegions'],
    gap: 'regions',
  },
  {
    ...region,
    service: EC2,
    operation: 'DescribeVpcEndpoints',
    actions: ['ec2:DescribeVpcEndpoints'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: KMS,
    operation: 'ListKeys',
    actions: ['kms:ListKeys'],
    pages: ['NextMarker', 'Marker'],
  },
  {
    ...region,
    service: KMS,
    operation: 'DescribeKey',
    actions: ['kms:DescribeKey'],
    after: keys,
    absent: NO_KEY,
  },
  {
    ...region,
    service: KMS,
    operation: 'GetKeyPolicy',
    actions: ['kms:GetKeyPolicy'],
    parameters: { PolicyName: 'default' },
    after: keys,
    absent: NO_KEY,
  },
  {
    ...region,
    service: KMS,
    operation: 'ListGrants',
    actions: ['kms:ListGrants'],
    after: keys,
    pages: ['NextMarker', 'Marker'],
    absent: NO_KEY,
  },
  {
    ...region,
    service: SQS,
    operation: 'ListQueues',
    actions: ['sqs:ListQueues'],
    parameters: { MaxResults: 1000 },
    pages: 'NextToken',
  },
  {
    ...region,
    service: SQS,
    operation: 'GetQueueAttributes',
    actions: ['sqs:GetQueueAttributes'],
    parameters: { AttributeNames: ['Policy', 'QueueArn', 'KmsMasterKeyId'] },
    after: [each('sqs:ListQueues', 'QueueUrls', { QueueUrl: '' })],
    absent: NO_QUEUE,
  },
  { ...region, service: SNS, operation: 'ListTopics', actions: ['sns:ListTopics'], pages: 'NextToken' },
  {
    ...region,
    service: SNS,
    operation: 'GetTopicAttributes',
    actions: ['sns:GetTopicAttributes'],
    after: [each('sns:ListTopics', 'Topics', { TopicArn: 'TopicArn' })],
    absent: ['NotFound', 'NotFoundException'],
  },
  {
    ...region,
    service: SECRETS,
    operation: 'ListSecrets',
    actions: ['secretsmanager:ListSecrets'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: SECRETS,
    operation: 'GetResourcePolicy',
    actions: ['secretsmanager:GetResourcePolicy'],
    after: [each('secretsmanager:ListSecrets', 'SecretList', { SecretId: 'ARN' })],
    absent: NOT_FOUND,
  },
  {
    ...region,
    service: ECR,
    operation: 'DescribeRepositories',
    actions: ['ecr:DescribeRepositories'],
    pages: 'nextToken',
  },
  {
    ...region,
    service: ECR,
    operation: 'GetRepositoryPolicy',
    actions: ['ecr:GetRepositoryPolicy'],
    after: repositories,
    absent: ['RepositoryPolicyNotFoundException', 'RepositoryNotFoundException'],
  },
  {
    ...region,
    service: ECR,
    operation: 'GetRegistryPolicy',
    actions: ['ecr:GetRegistryPolicy'],
    absent: ['RegistryPolicyNotFoundException'],
  },
  { ...region, service: OPENSEARCH, operation: 'ListDomainNames', actions: ['es:ListDomainNames'] },
  {
    ...region,
    service: OPENSEARCH,
    operation: 'DescribeDomains',
    actions: ['es:DescribeDomains'],
    after: [
      each(
        'opensearch:ListDomainNames',
        'DomainNames',
        { DomainNames: 'DomainName' },
        { together: ['DomainNames', 5] },
      ),
    ],
    absent: NOT_FOUND,
  },
  {
    ...region,
    service: EVENTS,
    operation: 'ListEventBuses',
    actions: ['events:ListEventBuses'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: API_GATEWAY,
    operation: 'GetRestApis',
    // API Gateway names its actions after the verbs of HTTP; the template allows this one on the list of APIs alone.
    actions: ['apigateway:GET'],
    parameters: { limit: 500 },
    pages: 'position',
    drop: ['items[].tags'],
  },
  {
    ...shares,
    operation: 'GetResourceShares',
    actions: ['ram:GetResourceShares'],
    variants: OWNERS,
    pages: 'nextToken',
  },
  {
    ...shares,
    operation: 'GetResourceShareAssociations',
    actions: ['ram:GetResourceShareAssociations'],
    variants: [{ associationType: 'PRINCIPAL' }, { associationType: 'RESOURCE' }],
    pages: 'nextToken',
    drop: ['resourceShareAssociations[].statusMessage'],
  },
  {
    ...shares,
    operation: 'ListResources',
    actions: ['ram:ListResources'],
    variants: OWNERS,
    pages: 'nextToken',
    drop: ['resources[].statusMessage'],
  },
  {
    ...shares,
    operation: 'ListPermissionAssociations',
    actions: ['ram:ListPermissionAssociations'],
    pages: 'nextToken',
  },
  {
    ...shares,
    operation: 'GetPermission',
    actions: ['ram:GetPermission'],
    after: [
      each(
        'ram:ListPermissionAssociations',
        'permissions',
        { permissionArn: 'arn', permissionVersion: 'permissionVersion' },
        { numbers: ['permissionVersion'] },
      ),
    ],
    absent: ['UnknownResourceException'],
  },
]
