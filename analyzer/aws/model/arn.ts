/**
 * The parts of an Amazon Resource Name, `arn:partition:service:region:account:resource`; the resource part keeps its
 * own colons. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** The parts of an ARN or of an ARN pattern; `undefined` for a text of another form. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined
  const service = text.indexOf(':', 4) + 1
  const region = service === 0 ? 0 : text.indexOf(':', service) + 1
  const account = region === 0 ? 0 : text.indexOf(':', region) + 1
  const resource = account === 0 ? 0 : text.indexOf(':', account) + 1
  if (resource === 0) return undefined
  return {
    partition: text.slice(4, service - 1),
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  }
}

/** Whether a text is an account id: twelve digits. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** The account that an ARN's own text names, or `undefined` (S3 buckets, AWS managed policies, patterns). */
export function accountIn(arn: string): string | undefined {
  if (!arn.startsWith('arn:')) return undefined
  let at = 3
  for (let part = 0; part < 3; part++) {
    at = arn.indexOf(':', at + 1)
    if (at < 0) return undefined
  }
  const account = arn.slice(at + 1, at + 13)
  return arn[at + 13] === ':' && isAccountId(account) ? account : undefined
}

/** The last step of a path-like name: `role/app/worker` → `worker`. */
export function lastStep(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

/** The node type of an access point of S3. */
export const ACCESS_POINT = 's3:accesspoint'

/** The node type of a resource: `s3:bucket`, `sqs:queue`, `kms:key`, `dynamodb:table`; the service alone when no type shows. */
export function resourceType(arn: string): string {
  const parsed = parseArn(arn)
  if (parsed === undefined) return 'resource'
  const { service, resource, account } = parsed
  if (service === 's3') {
    // ARNs of buckets name no account; one may be called `accesspoint`.
    if (account !== '' && /^accesspoint\/[^/]*$/.test(resource)) return ACCESS_POINT
    return resource.includes('/') ? 's3:object' : 's3:bucket'
  }
  if (service === 'sqs') return 'sqs:queue'
  if (service === 'sns') return 'sns:topic'
  const type = /^([a-z0-9-]+)[:/]/i.exec(resource)?.[1]
  return type === undefined ? service : `${service}:${type}`
}
