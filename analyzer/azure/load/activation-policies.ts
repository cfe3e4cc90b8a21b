import type { Json, JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownList, ownObject, ownString } from '../../../graph/index.ts'
import { activationKey, canonicalScope, lastStep, objectId } from '../scope.ts'
import type { ActivationState } from '../state.ts'
import type { Collected } from './collected.ts'
import { list, text } from './fields.ts'

/**
 * What activating an Azure role at one scope asks for (roleManagementPolicyAssignment).
 * https://learn.microsoft.com/rest/api/authorization/role-management-policy-assignments/list-for-scope
 */
export function readRolePolicy(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const [scope, role] = [text(row.value, 'scope'), text(row.value, 'roleDefinitionId')]
  if (scope === undefined || role === undefined) return
  const rules = list(row.value, 'effectiveRules')
  note(into, activationKey(canonicalScope(scope), lastStep(role)), rules, row)
}

/**
 * What activating a directory role, or a membership of a group, asks for (unifiedRoleManagementPolicyAssignment with its
 * policy and rules). https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments
 */
export function readDirectoryPolicy(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const { value } = row
  const [scope, role] = [ownString(value, 'scopeId'), ownString(value, 'roleDefinitionId')]
  const policy = ownObject(value, 'policy')
  if (scope === undefined || role === undefined || policy === undefined) return
  const isGroup = ownString(value, 'scopeType')?.toLowerCase() === 'group'
  const key = isGroup
    ? activationKey(`group:${objectId(scope)}`, role.toLowerCase())
    : activationKey('directory:/', lastStep(role))
  note(into, key, ownList(policy, 'rules'), row)
}

function note(into: Collected, key: string, rules: readonly Json[], row: Row): void {
  const byId = new Map(
    rules.filter(isObject).map((rule) => [ownString(rule, 'id')?.toLowerCase() ?? '', rule] as const),
  )
  // A policy whose rules the export leaves out tells nothing.
  if (byId.size === 0) return
  const context = byId.get('authenticationcontext_enduser_assignment')
  const isContext = context !== undefined && own(context, 'isEnabled') === true
  into.activations.set(key, {
    enabled: texts(byId.get('enablement_enduser_assignment'), 'enabledRules').toSorted(),
    approval: approvalOf(byId.get('approval_enduser_assignment')),
    context: isContext ? (ownString(context, 'claimValue') ?? '') : null,
    maximum: text(byId.get('expiration_enduser_assignment') ?? {}, 'maximumDuration') ?? null,
    at: row.at,
  })
}

/** Who approves, by object id; null: nobody has to. */
function approvalOf(rule: JsonObject | undefined): ActivationState['approval'] {
  const setting = rule === undefined ? undefined : ownObject(rule, 'setting')
  if (setting === undefined || own(setting, 'isApprovalRequired') !== true) return null
  const approvers = ownList(setting, 'approvalStages')
    .filter(isObject)
    .flatMap((stage) => ownList(stage, 'primaryApprovers'))
    .filter(isObject)
    .flatMap(
      (approver) =>
        ownString(approver, 'userId') ?? ownString(approver, 'groupId') ?? ownString(approver, 'id') ?? [],
    )
  return [...new Set(approvers.map(objectId))]
}

function texts(rule: JsonObject | undefined, key: string): readonly string[] {
  return rule === undefined ? [] : ownList(rule, key).filter((value) => typeof value === 'string')
}
