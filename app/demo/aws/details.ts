import { awsTime, daysAgo } from '../clock.ts'
import { awsUniqueId } from '../identifiers.ts'
import { drawsOf } from '../random.ts'
import type { AwsAccount } from './accounts.ts'
import { HOME_REGION } from './accounts.ts'
import { managedPolicyArn, policyNameOf } from './managed-policies.ts'
import type {
  Attached,
  GroupDetail,
  Inline,
  PolicyDetail,
  RoleDetail,
  Tag,
  UserDetail,
} from './detail-shapes.ts'
import type { PolicyDocument } from './policy-document.ts'

/** What is particular to a role; the rest of its entry follows from its name. */
export type RoleWish = {
  readonly name: string
  readonly path?: string
  readonly trust: PolicyDocument
  readonly inline?: Readonly<Record<string, PolicyDocument>>
  /** Names of AWS managed policies. */
  readonly managed?: readonly string[]
  /** ARNs of customer managed policies. */
  readonly attached?: readonly string[]
  readonly boundary?: string
  readonly tags?: Readonly<Record<string, string>>
  /** Days before the first export; null is never used. Drawn when absent. */
  readonly lastUsedDays?: number | null
}

export function roleArn(account: AwsAccount, name: string, path = '/'): string {
  return `arn:aws:iam::${account.id}:role${path}${name}`
}

function inlineList(inline: Readonly<Record<string, PolicyDocument>> = {}): Inline[] {
  return Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument }))
}

function attachedList(managed: readonly string[] = [], attached: readonly string[] = []): Attached[] {
  return [...managed.map(managedPolicyArn), ...attached].map((arn) => ({
    PolicyName: policyNameOf(arn),
    PolicyArn: arn,
  }))
}

function tagList(tags: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** When the thing with this key was made: in the years before it was first needed. */
function created(key: string, neededDays = 0): string {
  const draws = drawsOf(`created/${key}`)
  return awsTime(daysAgo(neededDays + draws.between(40, 1500), draws.int(86_400)))
}

export function roleDetail(account: AwsAccount, wish: RoleWish): RoleDetail {
  const path = wish.path ?? '/'
  const arn = roleArn(account, wish.name, path)
  const draws = drawsOf(`used/${arn}`)
  const days = wish.lastUsedDays === undefined ? draws.between(0, 30) : wish.lastUsedDays
  return {
    Path: path,
    RoleName: wish.name,
    RoleId: awsUniqueId('AROA', arn),
    Arn: arn,
    CreateDate: created(arn, days ?? 400),
    AssumeRolePolicyDocument: wish.trust,
    InstanceProfileList: [],
    RolePolicyList: inlineList(wish.inline),
    AttachedManagedPolicies: attachedList(wish.managed, wish.attached),
    ...(wish.boundary === undefined
      ? {}
      : {
          PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: wish.boundary },
        }),
    Tags: tagList(wish.tags),
    RoleLastUsed:
      days === null ? {} : { LastUsedDate: awsTime(daysAgo(days, draws.int(80_000))), Region: HOME_REGION },
  }
}

/** What is particular to an IAM user. */
export type UserWish = {
  readonly name: string
  readonly groups?: readonly string[]
  readonly inline?: Readonly<Record<string, PolicyDocument>>
  readonly managed?: readonly string[]
  readonly tags?: Readonly<Record<string, string>>
  /** Access keys; the user is older than they are. Days before the first export. */
  readonly keys?: readonly { readonly ageDays: number }[]
}

export function userArn(account: AwsAccount, name: string): string {
  return `arn:aws:iam::${account.id}:user/${name}`
}

export function userDetail(account: AwsAccount, wish: UserWish): UserDetail {
  const arn = userArn(account, wish.name)
  const inline = inlineList(wish.inline)
  return {
    Path: '/',
    UserName: wish.name,
    UserId: awsUniqueId('AIDA', arn),
    Arn: arn,
    CreateDate: created(arn, Math.max(0, ...(wish.keys ?? []).map((key) => key.ageDays))),
    ...(inline.length === 0 ? {} : { UserPolicyList: inline }),
    GroupList: wish.groups ?? [],
    AttachedManagedPolicies: attachedList(wish.managed),
    Tags: tagList(wish.tags),
  }
}

/** An IAM group with AWS managed policies and inline ones. */
export function groupDetail(
  account: AwsAccount,
  name: string,
  managed: readonly string[],
  inline: Readonly<Record<string, PolicyDocument>> = {},
): GroupDetail {
  const arn = `arn:aws:iam::${account.id}:group/${name}`
  return {
    Path: '/',
    GroupName: name,
    GroupId: awsUniqueId('AGPA', arn),
    Arn: arn,
    CreateDate: created(arn),
    GroupPolicyList: inlineList(inline),
    AttachedManagedPolicies: attachedList(managed),
  }
}

/** A customer managed policy. */
export function policyDetail(
  arn: string,
  policy: PolicyDocument,
  uses: { attached: number; boundary: number },
): PolicyDetail {
  const date = created(arn)
  return {
    PolicyName: policyNameOf(arn),
    PolicyId: awsUniqueId('ANPA', arn),
    Arn: arn,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: uses.attached,
    PermissionsBoundaryUsageCount: uses.boundary,
    IsAttachable: true,
    CreateDate: date,
    UpdateDate: date,
    PolicyVersionList: [{ Document: policy, VersionId: 'v1', IsDefaultVersion: true, CreateDate: date }],
  }
}
