import { type Call, each } from './call.ts'
import { BACKUP, DYNAMODB, EFS, KINESIS, S3, S3_CONTROL } from './services.ts'

const region = { place: 'region', yields: 'aws.answers', gap: 'resource-policies' } as const
const global = { ...region, place: 'account' } as const

/** A bucket answers in its own region only. */
const buckets = [each('s3:ListBuckets', 'Buckets', { Bucket: 'Name' }, { region: 'BucketRegion' })]
const NO_BUCKET = 'NoSuchBucket'

const S3_CALLS: readonly Call[] = [
  {
    ...global,
    service: S3,
    operation: 'ListBuckets',
    actions: ['s3:ListAllMyBuckets'],
    // The region of each bucket is told only when a size of page is asked for.
    parameters: { MaxBuckets: 1000 },
    pages: 'ContinuationToken',
  },
  {
    ...global,
    service: S3,
    operation: 'GetBucketPolicy',
    actions: ['s3:GetBucketPolicy'],
    after: buckets,
    absent: ['NoSuchBucketPolicy', NO_BUCKET],
  },
  {
    ...global,
    service: S3,
    operation: 'GetPublicAccessBlock',
    actions: ['s3:GetBucketPublicAccessBlock'],
    after: buckets,
    absent: ['NoSuchPublicAccessBlockConfiguration', NO_BUCKET],
  },
  {
    ...global,
    service: S3,
    operation: 'GetBucketAcl',
    actions: ['s3:GetBucketAcl'],
    after: buckets,
    absent: [NO_BUCKET],
  },
  {
    ...global,
    service: S3,
    operation: 'GetBucketOwnershipControls',
    actions: ['s3:GetBucketOwnershipControls'],
    after: buckets,
    absent: ['OwnershipControlsNotFoundError', NO_BUCKET],
  },
  {
    ...global,
    service: S3_CONTROL,
    operation: 'GetPublicAccessBlock',
    actions: ['s3:GetAccountPublicAccessBlock'],
    parameters: { AccountId: '{account}' },
    absent: ['NoSuchPublicAccessBlockConfiguration'],
  },
  {
    ...region,
    service: S3_CONTROL,
    operation: 'ListAccessPoints',
    actions: ['s3:ListAccessPoints'],
    parameters: { AccountId: '{account}' },
    pages: 'NextToken',
  },
  {
    ...region,
    service: S3_CONTROL,
    operation: 'GetAccessPoint',
    actions: ['s3:GetAccessPoint'],
    parameters: { AccountId: '{account}' },
    after: [each('s3control:ListAccessPoints', 'AccessPointList', { Name: 'Name' })],
    absent: ['NoSuchAccessPoint'],
  },
  {
    ...region,
    service: S3_CONTROL,
    operation: 'GetAccessPointPolicy',
    actions: ['s3:GetAccessPointPolicy'],
    parameters: { AccountId: '{account}' },
    after: [each('s3control:ListAccessPoints', 'AccessPointList', { Name: 'Name' })],
    absent: ['NoSuchAccessPointPolicy', 'NoSuchAccessPoint'],
  },
  {
    ...region,
    service: S3_CONTROL,
    operation: 'ListMultiRegionAccessPoints',
    actions: ['s3:ListMultiRegionAccessPoints'],
    parameters: { AccountId: '{account}' },
    pages: 'NextToken',
    onlyIn: ['us-west-2'],
  },
  {
    ...region,
    service: S3_CONTROL,
    operation: 'GetMultiRegionAccessPointPolicy',
    actions: ['s3:GetMultiRegionAccessPointPolicy'],
    parameters: { AccountId: '{account}' },
    after: [each('s3control:ListMultiRegionAccessPoints', 'AccessPoints', { Name: 'Name' })],
    absent: ['NoSuchMultiRegionAccessPoint'],
    onlyIn: ['us-west-2'],
  },
]

export const STORAGE_CALLS: readonly Call[] = [
  ...S3_CALLS,
  {
    ...region,
    service: EFS,
    operation: 'DescribeFileSystems',
    actions: ['elasticfilesystem:DescribeFileSystems'],
    pages: ['NextMarker', 'Marker'],
  },
  {
    ...region,
    service: EFS,
    operation: 'DescribeFileSystemPolicy',
    actions: ['elasticfilesystem:DescribeFileSystemPolicy'],
    after: [each('efs:DescribeFileSystems', 'FileSystems', { FileSystemId: 'FileSystemId' })],
    absent: ['PolicyNotFound', 'FileSystemNotFound'],
  },
  {
    ...region,
    service: DYNAMODB,
    operation: 'ListTables',
    actions: ['dynamodb:ListTables'],
    pages: ['LastEvaluatedTableName', 'ExclusiveStartTableName'],
  },
  {
    ...region,
    service: DYNAMODB,
    operation: 'DescribeTable',
    actions: ['dynamodb:DescribeTable'],
    after: [each('dynamodb:ListTables', 'TableNames', { TableName: '' })],
    absent: ['ResourceNotFoundException'],
  },
  {
    ...region,
    service: DYNAMODB,
    operation: 'GetResourcePolicy',
    actions: ['dynamodb:GetResourcePolicy'],
    after: [
      each('dynamodb:DescribeTable', 'Table', { ResourceArn: 'TableArn' }),
      each('dynamodb:DescribeTable', 'Table', { ResourceArn: 'LatestStreamArn' }),
    ],
    absent: ['PolicyNotFoundException', 'ResourceNotFoundException'],
  },
  {
    ...region,
    service: KINESIS,
    operation: 'ListStreams',
    actions: ['kinesis:ListStreams'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: KINESIS,
    operation: 'GetResourcePolicy',
    actions: ['kinesis:GetResourcePolicy'],
    after: [each('kinesis:ListStreams', 'StreamSummaries', { ResourceARN: 'StreamARN' })],
    absent: ['ResourceNotFoundException'],
  },
  {
    ...region,
    service: BACKUP,
    operation: 'ListBackupVaults',
    actions: ['backup:ListBackupVaults'],
    pages: 'NextToken',
  },
  {
    ...region,
    service: BACKUP,
    operation: 'GetBackupVaultAccessPolicy',
    actions: ['backup:GetBackupVaultAccessPolicy'],
    after: [each('backup:ListBackupVaults', 'BackupVaultList', { BackupVaultName: 'BackupVaultName' })],
    absent: ['ResourceNotFoundException'],
  },
]
