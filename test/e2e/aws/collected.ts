import type { Gap, Json, JsonObject } from '../../../graph/index.ts'
import { isObject, openEmbeddedStore, own, ownList, ownObject, ownString } from '../../../graph/index.ts'

/** What a snapshot says, taken from the bytes of its sources without any code of the product that reads them. */
export interface Collected {
  readonly gaps: readonly Gap[]
  readonly accounts: readonly string[]
  readonly principals: readonly string[]
  readonly policies: ReadonlyMap<string, JsonObject>
  readonly parents: ReadonlyMap<string, string>
  readonly assigned: readonly string[]
  readonly grants: readonly string[]
  readonly buckets: readonly string[]
  /** Kind and text of every source, sorted; without the time at which a role was last used, for collecting uses roles. */
  readonly sources: readonly string[]
  /** Everything that is kept. */
  readonly text: string
}

export async function readCollected(data: string): Promise<Collected> {
  const store = openEmbeddedStore(data)
  const snapshot = (await store.snapshots()).at(-1)
  const lines: Line[] = []
  const texts: string[] = []
  for (const { content, format } of snapshot?.sources ?? []) {
    const text = Buffer.from(await store.content(content)).toString()
    texts.push(text)
    if (format !== 'csv')
      for (const line of text.split('\n')) if (line !== '') lines.push(JSON.parse(line) as Line)
  }
  await store.close()
  const of = (call: string) => lines.filter((line) => line.call === call && isObject(line.response ?? null))
  const rows = (call: string, list: string) =>
    of(call).flatMap((line) =>
      ownList(line.response ?? {}, list).flatMap((row) => (isObject(row) ? [{ line, row }] : [])),
    )
  const policies = new Map<string, JsonObject>()
  const add = (on: string | undefined, document: Json | undefined) => {
    if (on !== undefined && typeof document === 'string')
      policies.set(on, JSON.parse(decoded(document)) as JsonObject)
  }
  const details = 'iam:GetAccountAuthorizationDetails'
  for (const { row } of rows(details, 'UserDetailList')) {
    for (const inline of ownList(row, 'UserPolicyList'))
      if (isObject(inline)) add(ownString(row, 'Arn'), own(inline, 'PolicyDocument'))
  }
  for (const { row } of rows(details, 'RoleDetailList'))
    add(ownString(row, 'Arn'), own(row, 'AssumeRolePolicyDocument'))
  const keyArns = new Map(
    rows('kms:ListKeys', 'Keys').map(({ row }) => [ownString(row, 'KeyId'), ownString(row, 'KeyArn')]),
  )
  for (const { account, region, parameters, response = {}, call } of lines.filter((l) =>
    isObject(l.response ?? null),
  )) {
    const attributes = ownObject(response, 'Attributes') ?? {}
    if (call === 's3:GetBucketPolicy')
      add(`arn:aws:s3:::${text(parameters, 'Bucket')}`, own(response, 'Policy'))
    if (call === 'kms:GetKeyPolicy') add(keyArns.get(text(parameters, 'KeyId')), own(response, 'Policy'))
    if (call === 'sqs:GetQueueAttributes') add(ownString(attributes, 'QueueArn'), own(attributes, 'Policy'))
    if (call === 'sns:GetTopicAttributes') add(text(parameters, 'TopicArn'), own(attributes, 'Policy'))
    if (call === 'secretsmanager:GetResourcePolicy')
      add(text(parameters, 'SecretId'), own(response, 'ResourcePolicy'))
    if (call === 'ecr:GetRepositoryPolicy') {
      const name = text(parameters, 'repositoryName')
      add(`arn:aws:ecr:${region ?? ''}:${account ?? ''}:repository/${name}`, own(response, 'policyText'))
    }
    const control = ownObject(response, 'Policy')
    if (call === 'organizations:DescribePolicy' && control !== undefined)
      add(ownString(ownObject(control, 'PolicySummary') ?? {}, 'Name'), own(control, 'Content'))
  }
  const found = (call: string, list: string, member: string) =>
    rows(call, list).flatMap(({ row }) => ownString(row, member) ?? [])
  return {
    gaps: snapshot?.gaps ?? [],
    accounts: found('organizations:ListAccounts', 'Accounts', 'Id').sort(),
    principals: ['UserDetailList', 'GroupDetailList', 'RoleDetailList'].flatMap((list) =>
      found(details, list, 'Arn'),
    ),
    policies,
    parents: new Map(
      rows('organizations:ListAccountsForParent', 'Accounts').map(({ row, line }) => [
        ownString(row, 'Id') ?? '',
        text(line.parameters, 'ParentId'),
      ]),
    ),
    assigned: rows('sso-admin:ListAccountAssignments', 'AccountAssignments').map(({ row }) =>
      [
        ownString(row, 'AccountId'),
        'Auditor',
        ownString(row, 'PrincipalType'),
        ownString(row, 'PrincipalId'),
      ].join(' '),
    ),
    grants: found('kms:ListGrants', 'Grants', 'GranteePrincipal').sort(),
    buckets: found('s3:ListBuckets', 'Buckets', 'Name'),
    sources: (snapshot?.sources ?? [])
      .map(({ kind }, i) => `${kind} ${(texts[i] ?? '').replace(/"LastUsedDate":"[^"]+"/g, '')}`)
      .sort(),
    text: texts.join('\n'),
  }
}

interface Line {
  readonly call?: string
  readonly account?: string
  readonly region?: string
  readonly parameters?: JsonObject
  readonly response?: JsonObject
}

function text(object: JsonObject | undefined, name: string): string {
  return object === undefined ? '' : (ownString(object, name) ?? '')
}

/** IAM writes documents URL-encoded (RFC 3986), the others as they are. */
function decoded(document: string): string {
  return document.startsWith('%7B') ? decodeURIComponent(document) : document
}
