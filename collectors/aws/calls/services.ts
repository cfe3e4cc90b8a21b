/** A service of AWS: what it is called, and how gently it is asked. */
export interface Service {
  /** As the command line calls it; also the beginning of `call` in what is kept. */
  readonly id: string
  /** The package of its client. */
  readonly client: string
  /** Calls at once, of one account (and one region where it is regional). AWS publishes few limits; these are careful. */
  readonly atOnce: number
  /** It has no endpoint in some regions; a name that does not resolve there means that it is not there. */
  readonly notEverywhere?: true
}

const service = (id: string, client: string, atOnce: number, notEverywhere?: true): Service => ({
  id,
  client: `@aws-sdk/client-${client}`,
  atOnce,
  ...(notEverywhere === undefined ? {} : { notEverywhere }),
})

/** IAM, Organizations and Identity Center throttle whole accounts, tools of other people included: one call at a time. */
export const IAM = service('iam', 'iam', 1)
export const ORGANIZATIONS = service('organizations', 'organizations', 1)
export const SSO_ADMIN = service('sso-admin', 'sso-admin', 2, true)
export const IDENTITY_STORE = service('identitystore', 'identitystore', 2, true)
export const STS = service('sts', 'sts', 4)
export const EC2 = service('ec2', 'ec2', 2)
export const S3 = service('s3', 's3', 8)
export const S3_CONTROL = service('s3control', 's3-control', 4)
export const KMS = service('kms', 'kms', 4)
export const SQS = service('sqs', 'sqs', 4)
export const SNS = service('sns', 'sns', 4)
export const LAMBDA = service('lambda', 'lambda', 4)
export const SECRETS = service('secretsmanager', 'secrets-manager', 4)
export const ECR = service('ecr', 'ecr', 2)
export const EFS = service('efs', 'efs', 2, true)
export const OPENSEARCH = service('opensearch', 'opensearch', 2)
export const EVENTS = service('events', 'eventbridge', 2)
export const DYNAMODB = service('dynamodb', 'dynamodb', 4)
export const KINESIS = service('kinesis', 'kinesis', 2)
export const BACKUP = service('backup', 'backup', 2, true)
export const GLUE = service('glue', 'glue', 2, true)
export const API_GATEWAY = service('apigateway', 'api-gateway', 2)
export const RAM = service('ram', 'ram', 2, true)
export const ECS = service('ecs', 'ecs', 4)
export const BATCH = service('batch', 'batch', 2, true)
export const CODEBUILD = service('codebuild', 'codebuild', 2, true)
export const SAGEMAKER = service('sagemaker', 'sagemaker', 2, true)
export const CLOUDFORMATION = service('cloudformation', 'cloudformation', 2)
export const APP_RUNNER = service('apprunner', 'apprunner', 2, true)
export const SSM = service('ssm', 'ssm', 2)
export const EKS = service('eks', 'eks', 4, true)
export const AGENTCORE = service('bedrock-agentcore-control', 'bedrock-agentcore-control', 2, true)
