import type { Json, JsonObject, SourceRef, SourceRows } from '../../../graph/index.ts'
import { derived, nodeId, observed, own, ownString, pointerStep } from '../../../graph/index.ts'
import { isAccountId } from '../model/arn.ts'
import { rawDocument, rawObject, rawTags } from '../raw.ts'
import type { Draft, ResourceDraft } from './draft.ts'
import { readConfigAcl } from './bucket-acl.ts'
import { hostInConfig } from './host-shapes.ts'
import { addHost, listed } from './hosts.ts'
import { restrictAccount, restrictBucket } from './public-access.ts'

/** Where AWS Config keeps the resource policy of a type; https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html */
const POLICY_AT: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['AWS::S3::Bucket', [['supplementaryConfiguration', 'BucketPolicy', 'policyText']]],
  ['AWS::KMS::Key', [['supplementaryConfiguration', 'Policy']]],
  [
    'AWS::SNS::Topic',
    [
      ['configuration', 'Policy'],
      ['configuration', 'policy'],
    ],
  ],
  [
    'AWS::SQS::Queue',
    [
      ['configuration', 'Policy'],
      ['configuration', 'policy'],
    ],
  ],
  [
    'AWS::Lambda::Function',
    [
      ['supplementaryConfiguration', 'Policy'],
      ['supplementaryConfiguration', 'Policy', 'policyText'],
    ],
  ],
  [
    'AWS::ECR::Repository',
    [
      ['configuration', 'RepositoryPolicyText'],
      ['configuration', 'repositoryPolicyText'],
    ],
  ],
])

/** Where AWS Config names the role that a resource runs with. */
const ROLE_KEYS = [
  'role',
  'Role',
  'roleArn',
  'RoleArn',
  'taskRoleArn',
  'TaskRoleArn',
  'serviceRole',
  'ServiceRole',
]

/** Reads rows of AWS Config's advanced query: the resources, their policies and the roles they run with. */
export function readConfigResources(draft: Draft, source: SourceRows): void {
  for (const row of source.rows()) {
    const raw = rawObject(row.value)
    if (raw !== undefined && readAccountSettings(draft, raw, row.at)) continue
    const arn = raw === undefined ? undefined : (ownString(raw, 'arn') ?? ownString(raw, 'ARN'))
    const type = raw === undefined ? undefined : ownString(raw, 'resourceType')
    if (raw === undefined || arn === undefined || type === undefined || type.startsWith('AWS::IAM::'))
      continue
    const resource = draft.resource(arn, row.at)
    const account = ownString(raw, 'accountId') ?? source.source.scope
    if (account !== undefined && isAccountId(account)) resource.account = account
    resource.name = ownString(raw, 'resourceName') ?? resource.name ?? ownString(raw, 'resourceId') ?? arn
    const tags = rawTags(own(raw, 'tags'))
    // An empty list may be of a type whose tags AWS Config does not record.
    if (tags.length > 0) {
      resource.tags = tags
      resource.isTagged = true
    }
    readPolicy(draft, resource, raw, type, row.at)
    if (type === 'AWS::S3::Bucket') readBucketSettings(draft, resource, raw, row.at)
    readRole(draft, arn, raw, row.at)
    const host = hostInConfig(type, arn, rawObject(own(raw, 'configuration')) ?? {})
    if (host === undefined || resource.account === undefined) continue
    // AWS Config keeps all resources of the types that it records.
    listed(draft, resource.account, [host.type])
    addHost(draft, host, row.at, resource.account)
  }
}

function readPolicy(
  draft: Draft,
  resource: ResourceDraft,
  raw: JsonObject,
  type: string,
  seen: SourceRef,
): void {
  for (const path of POLICY_AT.get(type) ?? []) {
    const found = at(raw, path)
    if (found === undefined) continue
    if (resource.account !== undefined) draft.account(resource.account).policiesOfTypes.add(resource.type)
    const inner = unwrap(found)
    if (inner === undefined || resource.policy >= 0) continue
    const steps = [...path, ...inner.path].map((step) => pointerStep(step)).join('')
    const use = draft.tables.use(inner.document, `resource policy of ${resource.name ?? resource.arn}`, {
      source: seen.source,
      pointer: `${seen.pointer}${steps}`,
    })
    if (use !== undefined) resource.policy = use
  }
}

/** Follows keys through objects and through texts that hold objects. */
function at(raw: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = raw
  for (const key of path) {
    const object: JsonObject | undefined = rawObject(value)
    if (object === undefined) return undefined
    value = own(object, key)
  }
  return value
}

/** A policy document, plain, as text, or as text of `{policy: text}`, as Lambda gives it. */
function unwrap(
  value: Json,
): { readonly document: JsonObject; readonly path: readonly string[] } | undefined {
  const document = rawDocument(value)
  if (document === undefined) return undefined
  if (own(document, 'Statement') !== undefined) return { document, path: [] }
  for (const key of ['policy', 'Policy', 'policyText']) {
    const inner = rawDocument(own(document, key))
    if (inner !== undefined && own(inner, 'Statement') !== undefined) return { document: inner, path: [key] }
  }
  return undefined
}

/** Block Public Access of a whole account is a record of its own, without ARN. */
function readAccountSettings(draft: Draft, raw: JsonObject, seen: SourceRef): boolean {
  if (ownString(raw, 'resourceType') !== 'AWS::S3::AccountPublicAccessBlock') return false
  const id = ownString(raw, 'accountId') ?? ownString(raw, 'resourceId')
  const settings = rawObject(own(raw, 'configuration'))
  if (id !== undefined && isAccountId(id) && settings !== undefined) {
    restrictAccount(draft, id, settings, {
      source: seen.source,
      pointer: `${seen.pointer}/configuration`,
    })
  }
  return true
}

function readBucketSettings(
  draft: Draft,
  resource: ResourceDraft,
  raw: JsonObject,
  { source, pointer }: SourceRef,
): void {
  const block = rawObject(at(raw, ['supplementaryConfiguration', 'PublicAccessBlockConfiguration']))
  if (block !== undefined) {
    const place = { source, pointer: `${pointer}/supplementaryConfiguration/PublicAccessBlockConfiguration` }
    restrictBucket(draft, resource, block, place)
  }
  const acl = rawObject(at(raw, ['supplementaryConfiguration', 'AccessControlList']))
  if (acl === undefined) return
  const place = { source, pointer: `${pointer}/supplementaryConfiguration/AccessControlList` }
  readConfigAcl(draft, resource, acl, place)
}

function readRole(draft: Draft, arn: string, raw: JsonObject, place: SourceRef): void {
  const configuration = rawObject(own(raw, 'configuration'))
  if (configuration === undefined) return
  for (const key of ROLE_KEYS) {
    const role = ownString(configuration, key)
    if (role === undefined || !/^arn:[^:]+:iam::\d{12}:role\//.test(role)) continue
    const says = `${arn} runs with the role ${role}`
    draft.edges.push({
      kind: 'runs-as',
      from: nodeId('aws', arn),
      to: nodeId('aws', role),
      rule: 'runs-with-role',
      label: 'runs as',
      certainty: 'certain',
      conditions: [],
      because: derived('runs-with-role', says, [observed(place, says)]),
    })
    return
  }
}
