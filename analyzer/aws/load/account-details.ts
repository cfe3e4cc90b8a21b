import type { Json, JsonObject, Row, SourceRef, SourceRows } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import { accountIn } from '../model/arn.ts'
import { instantOf } from '../../instant.ts'
import { rawDocument, rawTags, textList } from '../raw.ts'
import type { Draft, PolicyVersions, PrincipalDraft } from './draft.ts'

/**
 * Days for which AWS remembers the use of a role: "This field is null if the role has not been used within the IAM
 * tracking period." https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html
 */
const ROLE_USE_DAYS = 400

/** Reads the answers of `iam get-account-authorization-details`: users, groups, roles and managed policies. */
export function readAccountDetails(draft: Draft, source: SourceRows): void {
  for (const row of source.rows()) {
    if (!isObject(row.value)) continue
    const account = accountOf(row.value) ?? source.source.scope
    if (account === undefined) continue
    const known = draft.account(account)
    known.imported = true
    known.seen ??= row.at
    readPolicies(draft, account, row, row.value)
    for (const [raw, at] of entries(row, row.value, 'GroupDetailList')) readGroup(draft, account, raw, at)
    for (const [raw, at] of entries(row, row.value, 'UserDetailList')) {
      readPrincipal(draft, account, 'user', raw, at)
    }
    for (const [raw, at] of entries(row, row.value, 'RoleDetailList')) {
      readPrincipal(draft, account, 'role', raw, at)
    }
  }
}

function accountOf(details: JsonObject): string | undefined {
  for (const list of ['UserDetailList', 'RoleDetailList', 'GroupDetailList', 'Policies']) {
    for (const item of ownList(details, list)) {
      const account = isObject(item) ? accountIn(ownString(item, 'Arn') ?? '') : undefined
      if (account !== undefined) return account
    }
  }
  return undefined
}

function readPolicies(draft: Draft, account: string, row: Row, details: JsonObject): void {
  for (const [raw, at] of entries(row, details, 'Policies')) {
    const arn = ownString(raw, 'Arn')
    const versions = ownList(raw, 'PolicyVersionList')
    const defaultId = ownString(raw, 'DefaultVersionId')
    const index = versions.findIndex(
      (v) =>
        isObject(v) &&
        (own(v, 'IsDefaultVersion') === true ||
          (defaultId !== undefined && ownString(v, 'VersionId') === defaultId)),
    )
    const version = versions[index]
    if (arn === undefined || !isObject(version)) continue
    const place = {
      source: at.source,
      pointer: `${at.pointer}/PolicyVersionList/${index}/Document`,
    }
    const use = draft.tables.use(own(version, 'Document'), ownString(raw, 'PolicyName') ?? arn, place, arn)
    if (use === undefined) continue
    if (accountIn(arn) !== undefined) draft.versions.set(arn, versionsIn(versions, index))
    draft.managed.set(`${account} ${arn}`, use)
    if (accountIn(arn) === undefined && !draft.managed.has(`aws ${arn}`)) draft.managed.set(`aws ${arn}`, use)
  }
}

/** Customer managed policies keep up to five versions, of which one is in force; GetAccountAuthorizationDetails lists all. */
function versionsIn(versions: readonly Json[], inForce: number): PolicyVersions {
  const broad = versions.some(
    (version, i) => i !== inForce && isObject(version) && isBroad(own(version, 'Document')),
  )
  return { count: versions.length, broad }
}

/** Whether a document allows everything, whatever is asked, and denies nothing. */
function isBroad(raw: Json | undefined): boolean {
  const document = rawDocument(raw)
  const found = document === undefined ? undefined : own(document, 'Statement')
  const statements = Array.isArray(found) ? (found as readonly Json[]) : [found]
  const objects = statements.filter(isObject)
  if (objects.some((statement) => ownString(statement, 'Effect') !== 'Allow')) return false
  return objects.some(
    (statement) =>
      own(statement, 'Condition') === undefined &&
      textList(own(statement, 'Action')).some((action) => action === '*' || action === '*:*') &&
      textList(own(statement, 'Resource')).includes('*'),
  )
}

function profilesIn(raw: JsonObject, account: string): readonly string[] {
  return ownList(raw, 'InstanceProfileList').flatMap((profile) => {
    if (!isObject(profile)) return []
    const arn = ownString(profile, 'Arn')
    const name = ownString(profile, 'InstanceProfileName') ?? ''
    return [...(arn === undefined ? [] : [arn]), `${account}/${name}`]
  })
}

function readGroup(draft: Draft, account: string, raw: JsonObject, at: SourceRef): void {
  const name = ownString(raw, 'GroupName')
  const arn = ownString(raw, 'Arn')
  if (name === undefined || arn === undefined) return
  const created = instantOf(own(raw, 'CreateDate'))
  draft.groups.set(`${account}/${name}`, {
    arn,
    name,
    account,
    inline: inlineUses(draft, raw, 'GroupPolicyList', at),
    attached: attachedArns(raw),
    ...(created === undefined ? {} : { created }),
    at,
  })
}

function readPrincipal(
  draft: Draft,
  account: string,
  kind: 'user' | 'role',
  raw: JsonObject,
  at: SourceRef,
): void {
  const name = ownString(raw, kind === 'user' ? 'UserName' : 'RoleName')
  const arn = ownString(raw, 'Arn')
  if (name === undefined || arn === undefined) return
  const boundaryOf = ownObject(raw, 'PermissionsBoundary')
  const boundary = boundaryOf === undefined ? undefined : ownString(boundaryOf, 'PermissionsBoundaryArn')
  const trust =
    kind === 'user'
      ? undefined
      : draft.tables.use(own(raw, 'AssumeRolePolicyDocument'), 'trust policy', {
          source: at.source,
          pointer: `${at.pointer}/AssumeRolePolicyDocument`,
        })
  // Exports that were put together by hand hold several accounts; the ARN tells.
  const home = accountIn(arn) ?? account
  draft.account(home).imported = true
  const made: PrincipalDraft = {
    arn,
    kind,
    account: home,
    name,
    path: ownString(raw, 'Path') ?? '/',
    uniqueId: ownString(raw, kind === 'user' ? 'UserId' : 'RoleId') ?? '',
    at,
    tags: rawTags(own(raw, 'Tags')),
    inline: inlineUses(draft, raw, kind === 'user' ? 'UserPolicyList' : 'RolePolicyList', at),
    attached: attachedArns(raw),
    export: account,
    groups: ownList(raw, 'GroupList').filter((group) => typeof group === 'string'),
    ...(boundary === undefined ? {} : { boundary }),
    trust: trust ?? -1,
    profiles: profilesIn(raw, account),
    credentials: [],
  }
  const created = instantOf(own(raw, 'CreateDate'))
  if (created !== undefined) made.created = created
  const roleUse = kind === 'role' ? ownObject(raw, 'RoleLastUsed') : undefined
  const used = kind === 'user' ? own(raw, 'PasswordLastUsed') : roleUse && own(roleUse, 'LastUsedDate')
  const lastUsed = instantOf(used)
  if (lastUsed !== undefined) made.lastUsed = lastUsed
  else if (roleUse !== undefined && (used ?? null) === null) made.unusedForDays = ROLE_USE_DAYS
  if (kind === 'user' && lastUsed !== undefined) made.console = true
  draft.principals.set(arn, made)
}

function inlineUses(draft: Draft, raw: JsonObject, list: string, at: SourceRef): readonly number[] {
  const uses: number[] = []
  for (const [i, item] of ownList(raw, list).entries()) {
    if (!isObject(item)) continue
    const use = draft.tables.use(own(item, 'PolicyDocument'), ownString(item, 'PolicyName') ?? 'inline', {
      source: at.source,
      pointer: `${at.pointer}/${list}/${i}/PolicyDocument`,
    })
    if (use !== undefined) uses.push(use)
  }
  return uses
}

function attachedArns(raw: JsonObject): readonly string[] {
  const arns: string[] = []
  for (const item of ownList(raw, 'AttachedManagedPolicies')) {
    const arn = isObject(item) ? ownString(item, 'PolicyArn') : undefined
    if (arn !== undefined) arns.push(arn)
  }
  return arns
}

function* entries(row: Row, details: JsonObject, list: string): Generator<readonly [JsonObject, SourceRef]> {
  for (const [i, item] of ownList(details, list).entries()) {
    if (isObject(item)) {
      yield [
        item,
        { source: row.at.source, pointer: `${row.at.pointer}${pointerStep(list)}${pointerStep(i)}` },
      ]
    }
  }
}
