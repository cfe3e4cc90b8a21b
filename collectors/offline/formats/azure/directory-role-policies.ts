import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { anyObject, filledText, listOf, record, text } from '../../record-shape.ts'

/**
 * What activating a directory role, or a membership or ownership of a group, asks for: with `$expand=policy($expand=rules)`.
 * https://learn.microsoft.com/graph/api/policyroot-list-rolemanagementpolicyassignments
 */
export const directoryRolePolicies = listing({
  kind: 'azure.directory-role-policies',
  cloud: 'azure',
  noun: ['activation policy of the directory', 'activation policies of the directory'],
  what: 'directory-role-policies',
  lists: ['value'],
  calls: [
    /policies\/roleManagementPolicyAssignments\b/i,
    'graph:directoryRolePolicies.list',
    'graph:groups.activationPolicies.list',
  ],
  looksLike: (row) =>
    own(row, 'scopeId') !== undefined &&
    own(row, 'scopeType') !== undefined &&
    own(row, 'policyId') !== undefined &&
    own(row, 'roleDefinitionId') !== undefined,
  row: record(
    { scopeId: filledText, scopeType: filledText, roleDefinitionId: filledText },
    { id: text, policyId: text, policy: record({}, { rules: listOf(anyObject) }) },
  ),
  id: (row) => ownString(row, 'id'),
})
