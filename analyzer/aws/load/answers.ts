import type { SourceRef, SourceRows } from '../../../graph/index.ts'
import { isObject, nodeId, observed, derived, own, ownObject, ownString } from '../../../graph/index.ts'
import { isAccountId } from '../model/arn.ts'
import { type Asked, type Found, POLICIES } from './answer-policies.ts'
import { rawTags } from '../raw.ts'
import { readAccessPoint } from './access-points.ts'
import { readBucketAcl } from './bucket-acl.ts'
import { readKmsGrants } from './kms-grants.ts'
import { readPublicAccess } from './public-access.ts'
import { readShares } from './shares.ts'
import { ROLES } from './answer-roles.ts'
import type { Draft } from './draft.ts'

/**
 * Reads the answers of a live collection, each a line of `{call, account, region, parameters, response}`: resources and their
 * policies, what runs with which role, and boundaries that the account's details leave out.
 */
export function readAnswers(draft: Draft, source: SourceRows): void {
  for (const row of source.rows()) {
    if (!isObject(row.value)) continue
    const call = ownString(row.value, 'call') ?? ''
    const account = ownString(row.value, 'account')
    if (account === undefined || !isAccountId(account)) continue
    const answer = {
      account,
      region: ownString(row.value, 'region') ?? '',
      parameters: ownObject(row.value, 'parameters') ?? {},
      response: ownObject(row.value, 'response'),
    }
    for (const found of POLICIES.get(call)?.(answer) ?? []) readResource(draft, account, found, row.at)
    for (const { arn, role } of ROLES.get(call)?.(answer) ?? []) readRole(draft, account, arn, role, row.at)
    if (call.endsWith(':GetPublicAccessBlock')) readPublicAccess(draft, call, answer, row.at)
    readBucketAcl(draft, call, answer, row.at)
    if (call === 's3control:GetAccessPoint') readAccessPoint(draft, answer, row.at)
    if (call.startsWith('ram:')) readShares(draft, call, answer, row.at)
    if (call === 'kms:ListGrants') readKmsGrants(draft, answer, row.at)
    if (call === 'iam:GetPolicyVersion') readBoundary(draft, answer, row.at)
  }
}

function readResource(draft: Draft, account: string, found: Found, at: SourceRef): void {
  const resource = draft.resource(found.arn, at)
  resource.account = account
  if (found.name !== undefined) resource.name = found.name
  if (found.tags !== undefined) {
    resource.tags = rawTags(found.tags)
    resource.isTagged = true
  }
  if (found.policy === undefined || resource.policy >= 0) return
  const { document, pointer } = found.policy
  // That there is no policy is known, too: it is one that allows nobody anything.
  const use = draft.tables.use(document ?? NO_POLICY, `resource policy of ${resource.name ?? found.arn}`, {
    source: at.source,
    pointer: `${at.pointer}/response${document === undefined ? '' : pointer}`,
  })
  if (use !== undefined) resource.policy = use
}

const NO_POLICY = '{"Version":"2012-10-17","Statement":[]}'

function readRole(draft: Draft, account: string, arn: string, role: string, at: SourceRef): void {
  if (!/^arn:[^:]+:iam::\d{12}:role\//.test(role)) return
  draft.resource(arn, at).account = account
  const says = `${arn} runs with the role ${role}`
  draft.edges.push({
    kind: 'runs-as',
    from: nodeId('aws', arn),
    to: nodeId('aws', role),
    rule: 'runs-with-role',
    label: 'runs as',
    certainty: 'certain',
    conditions: [],
    because: derived('runs-with-role', says, [observed(at, says)]),
  })
}

/** A managed policy that only bounds; those that are attached are in the account's details. */
function readBoundary(draft: Draft, { account, parameters, response }: Asked, at: SourceRef): void {
  const arn = ownString(parameters, 'PolicyArn')
  const version = response === undefined ? undefined : ownObject(response, 'PolicyVersion')
  if (arn === undefined || version === undefined) return
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const place = { source: at.source, pointer: `${at.pointer}/response/PolicyVersion/Document` }
  const use = draft.tables.use(own(version, 'Document'), name, place, arn)
  if (use !== undefined) draft.managed.set(`${account} ${arn}`, use)
}
