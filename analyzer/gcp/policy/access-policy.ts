import type { Scope } from './cel/scope.ts'
import type { Subject } from './clause.ts'
import { conditionOf } from './condition.ts'
import { inPermissions } from './deny.ts'
import type { Formula } from './formula.ts'
import { and, missing, not, or } from './formula.ts'

/** A rule of an access policy (google.iam.v3.AccessPolicyRule). */
export interface AccessRule {
  /** `null`: an effect that is not known. */
  readonly effect: 'allow' | 'deny' | null
  readonly principals: readonly string[]
  readonly excludedPrincipals: readonly string[]
  readonly permissions: readonly string[]
  readonly excludedPermissions: readonly string[]
  /** By service: all must hold. */
  readonly conditions: readonly string[]
}

/** Whether a rule applies to somebody's use of a permission. */
export function ruleApplies(rule: AccessRule, permission: string, subject: Subject, scope: Scope): Formula {
  if (!inPermissions(rule.permissions, permission)) return false
  if (inPermissions(rule.excludedPermissions, permission)) return false
  const named = or(rule.principals.map((text) => subject.means(text)))
  if (named === false) return false
  const excluded = or(rule.excludedPrincipals.map((text) => subject.means(text)))
  const effect =
    rule.effect === null ? missing('access-policy', 'a rule of an access policy has an unknown effect') : true
  return and([named, not(excluded), effect, ...rule.conditions.map((text) => conditionOf(text, scope))])
}
