import { listing } from '../../listing.ts'
import { anyObject, filledText, listOf } from '../../record-shape.ts'
import { armHas, armId, armRecord, armTypeIs, subscriptionOf } from './arm.ts'

/**
 * What activating a role at a scope asks for, by Privileged Identity Management.
 * https://learn.microsoft.com/rest/api/authorization/role-management-policy-assignments/list-for-scope
 */
export const rolePolicies = listing({
  kind: 'azure.role-policies',
  cloud: 'azure',
  noun: ['activation policy of a role', 'activation policies of roles'],
  what: 'role-policies',
  lists: ['value'],
  calls: [/roleManagementPolicyAssignments\?api-version/i, 'arm:roleManagementPolicyAssignments'],
  looksLike: (row) =>
    armHas(row, 'roleDefinitionId', 'policyId', 'scope') &&
    armTypeIs(row, 'Microsoft.Authorization/roleManagementPolicyAssignments') &&
    /\/roleManagementPolicyAssignments\//i.test(armId(row) ?? ''),
  row: armRecord(
    { roleDefinitionId: filledText, scope: filledText },
    { policyId: filledText, effectiveRules: listOf(anyObject) },
  ),
  id: armId,
  scope: subscriptionOf,
})
