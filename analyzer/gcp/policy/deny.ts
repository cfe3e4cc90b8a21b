import { matches } from '../../../graph/index.ts'
import type { Scope } from './cel/scope.ts'
import type { Subject } from './clause.ts'
import { conditionOf } from './condition.ts'
import type { Formula } from './formula.ts'
import { and, not, or } from './formula.ts'

/** A rule of a deny policy (google.iam.v2.DenyRule). Permissions are canonical, and may be groups: `iam.roles.*`. */
export interface DenyRule {
  readonly principals: readonly string[]
  readonly exceptPrincipals: readonly string[]
  readonly permissions: readonly string[]
  readonly exceptPermissions: readonly string[]
  readonly condition: string | null
}

/** Whether a rule is about a permission. */
export function namesPermission(
  rule: Pick<DenyRule, 'permissions' | 'exceptPermissions'>,
  permission: string,
): boolean {
  return inPermissions(rule.permissions, permission) && !inPermissions(rule.exceptPermissions, permission)
}

/**
 * Whether a list of permissions and permission groups (`service/*.*`, `service/resource.*`, `service/*.verb`; IAM
 * documentation, "Permissions supported in deny policies") holds a permission.
 */
export function inPermissions(list: readonly string[], permission: string): boolean {
  return list.some((each) => each === permission || (each.includes('*') && matches(each, permission, false)))
}

/** Whether a rule that is about the permission denies it to somebody. */
export function denies(rule: DenyRule, subject: Subject, scope: Scope): Formula {
  const denied = or(rule.principals.map((text) => subject.means(text)))
  if (denied === false) return false
  const excepted = or(rule.exceptPrincipals.map((text) => subject.means(text)))
  if (excepted === true) return false
  return and([denied, not(excepted), conditionOf(rule.condition, scope)])
}
