import { awsJson } from '../demo-file.ts'
import type { DemoFile, Week } from '../demo-file.ts'
import { messyRoles } from '../stories/hygiene-aws.ts'
import { payrollPathRoles } from '../stories/payroll-path.ts'
import { vendorRoles } from '../stories/vendor.ts'
import { accountRoles } from './account-roles.ts'
import type { AwsAccount } from './accounts.ts'
import { applicationRoles, developerBoundaryArn } from './application-roles.ts'
import { groupDetail, policyDetail, roleDetail, userDetail } from './details.ts'
import type { GroupDetail, PolicyDetail, RoleDetail, UserDetail } from './detail-shapes.ts'
import { IAM_GROUPS, iamUsersOf } from './iam-users.ts'
import { managedPolicyDetail } from './managed-policies.ts'
import { DEVELOPER_BOUNDARY } from './organization-policies.ts'

/** The answer of `aws iam get-account-authorization-details` for one account. */
export type AuthorizationDetails = {
  readonly UserDetailList: readonly UserDetail[]
  readonly GroupDetailList: readonly GroupDetail[]
  readonly RoleDetailList: readonly RoleDetail[]
  readonly Policies: readonly PolicyDetail[]
}

function attachedPolicies(
  holders: readonly { AttachedManagedPolicies: readonly { PolicyArn: string }[] }[],
): PolicyDetail[] {
  const counts = new Map<string, number>()
  for (const { PolicyArn } of holders.flatMap((holder) => holder.AttachedManagedPolicies)) {
    counts.set(PolicyArn, (counts.get(PolicyArn) ?? 0) + 1)
  }
  return [...counts].sort().flatMap(([arn, count]) => managedPolicyDetail(arn, count) ?? [])
}

export function authorizationDetails(account: AwsAccount, week: Week): AuthorizationDetails {
  const wishes = [
    ...accountRoles(account),
    ...applicationRoles(account),
    ...payrollPathRoles(account, week),
    ...vendorRoles(account, week),
    ...messyRoles(account),
  ]
  const roles = wishes.map((wish) => roleDetail(account, wish))
  const users = iamUsersOf(account, week).map((user) => userDetail(account, user))
  const groups = (IAM_GROUPS[account.name] ?? []).map(([name, managed]) =>
    groupDetail(account, name, [managed]),
  )
  const bounded = roles.filter((role) => role.PermissionsBoundary !== undefined).length
  const boundary = policyDetail(developerBoundaryArn(account), DEVELOPER_BOUNDARY, {
    attached: 0,
    boundary: bounded,
  })
  return {
    UserDetailList: users,
    GroupDetailList: groups,
    RoleDetailList: roles,
    Policies: [...(bounded > 0 ? [boundary] : []), ...attachedPolicies([...users, ...groups, ...roles])],
  }
}

export function authorizationDetailsFile(account: AwsAccount, week: Week): DemoFile {
  return awsJson(`aws/accounts/${account.id}/gaad.json`, authorizationDetails(account, week))
}
