import type { Arn } from './arn.ts'
import { parseArn } from './arn.ts'

/** The catalog's policy is about what is in the catalog, not about jobs, triggers, crawlers and development endpoints. */
const GLUE_CATALOG = ['catalog', 'database', 'table', 'tableVersion', 'connection', 'userDefinedFunction']

/**
 * Resource types that can carry a resource policy of their own, by service: the resource part's first word, or `*` for
 * every resource of the service. IAM roles carry their trust policy and are treated apart.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const GOVERNED: ReadonlyMap<string, readonly string[]> = new Map([
  ['acm-pca', ['certificate-authority']],
  ['aoss', ['collection']],
  ['backup', ['backup-vault']],
  ['cloudtrail', ['channel', 'eventdatastore', 'dashboard']],
  ['codeartifact', ['domain', 'repository']],
  ['codebuild', ['project', 'report-group']],
  ['dynamodb', ['table']],
  ['ecr', ['repository']],
  ['elasticfilesystem', ['file-system']],
  ['es', ['domain']],
  ['events', ['event-bus']],
  ['execute-api', ['*']],
  ['glacier', ['vaults']],
  // https://docs.aws.amazon.com/glue/latest/dg/glue-resource-policies.html
  ['glue', GLUE_CATALOG],
  ['kafka', ['cluster']],
  ['kinesis', ['stream']],
  ['kms', ['key']],
  ['lambda', ['function', 'layer']],
  ['lex', ['bot', 'bot-alias']],
  ['mediastore', ['container']],
  ['redshift-serverless', ['snapshot']],
  ['s3', ['*']],
  ['s3-object-lambda', ['accesspoint']],
  ['s3-outposts', ['outpost']],
  ['s3express', ['bucket', 'accesspoint']],
  ['s3tables', ['bucket']],
  ['secretsmanager', ['secret']],
  ['ses', ['identity']],
  ['sns', ['*']],
  ['sqs', ['*']],
  ['ssm', ['parameter', 'opsitemgroup']],
  ['ssm-incidents', ['response-plan']],
  ['vpc-lattice', ['service', 'servicenetwork']],
])

/** The resource whose policy decides, or `undefined` for a type that carries none. */
export interface Holder {
  /** The ARN of the resource that carries the policy: the bucket of an object, the function of an alias. */
  readonly arn: string
  /** Its ARN names no account (S3): the owner must be looked up. */
  readonly ownerless: boolean
  /** A wildcard in the query reaches into its name: more than one resource may be meant. */
  readonly several: boolean
}

export function policyHolder(arn: string): Holder | undefined {
  const parsed = parseArn(arn)
  if (parsed === undefined) return undefined
  const types = GOVERNED.get(parsed.service)
  if (types === undefined) return undefined
  const word = /^[^:/]*/.exec(parsed.resource)?.[0] ?? ''
  if (!types.includes('*') && !types.includes(word) && !/[*?]/.test(word)) return undefined
  const head = arn.slice(0, arn.length - parsed.resource.length)
  const holder = head + holderPart(parsed)
  return { arn: holder, ownerless: parsed.account === '', several: /[*?]/.test(holder) }
}

function holderPart({ service, resource, account }: Arn): string {
  // ARNs of access points name an account, those of buckets none.
  if (service === 's3') return resource.split('/', account === '' ? 1 : 2).join('/')
  if (service === 'lambda') return resource.split(':').slice(0, 2).join(':')
  if (service === 'es') return resource.split('/').slice(0, 2).join('/')
  if (service === 'dynamodb') return resource.replace(/\/(index|backup|export|import)\/.*$/s, '')
  return resource
}
