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
  const ends: number[] = []
  for (let i = text.indexOf(':'); i >= 0 && ends.length < 5; i = text.indexOf(':', i + 1)) ends.push(i)
  const [a, b, c, d, e] = ends
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined)
    return undefined
  return {
    partition: text.slice(a + 1, b),
    service: text.slice(b + 1, c),
    region: text.slice(c + 1, d),
    account: text.slice(d + 1, e),
    resource: text.slice(e + 1),
  }
}

/** Whether a text is an account id: twelve digits. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** The account that an ARN's own text names, or `undefined` (S3 buckets, AWS managed policies, patterns). */
export function accountIn(arn: string): string | undefined {
  const account = parseArn(arn)?.account
  return account !== undefined && isAccountId(account) ? account : undefined
}

/** The last step of a path-like name: `role/app/worker` → `worker`. */
export function lastStep(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

/** The node type of a resource: `s3:bucket`, `sqs:queue`, `kms:key`, `dynamodb:table`; the service alone when no type shows. */
export function resourceType(arn: string): string {
  const parsed = parseArn(arn)
  if (parsed === undefined) return 'resource'
  const { service, resource } = parsed
  if (service === 's3') return resource.includes('/') ? 's3:object' : 's3:bucket'
  if (service === 'sqs') return 'sqs:queue'
  if (service === 'sns') return 'sns:topic'
  const type = /^([a-z0-9-]+)[:/]/i.exec(resource)?.[1]
  return type === undefined ? service : `${service}:${type}`
}
