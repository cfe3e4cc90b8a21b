import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, text } from '../../record-shape.ts'
import { armHas, armId, armMembers, armRecord, armTypeIs, subscriptionOf } from './arm.ts'

/**
 * Role assignments, as `az role assignment list` prints them (flat), as the REST interface does (`value`, `properties`),
 * or as Resource Graph does (`data`). Eligible and scheduled assignments have the same members but other types: they
 * are not taken for standing ones.
 * https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription
 */
export const roleAssignments = listing({
  kind: 'azure.role-assignments',
  cloud: 'azure',
  noun: ['role assignment', 'role assignments'],
  what: 'role-assignments',
  lists: ['value', 'data'],
  calls: [/az role assignment list|Microsoft\.Authorization\/roleAssignments/i],
  looksLike: (row) =>
    armHas(row, 'roleDefinitionId', 'principalId') &&
    armTypeIs(row, 'Microsoft.Authorization/roleAssignments') &&
    own(armMembers(row), 'directoryScopeId') === undefined,
  row: armRecord(
    { roleDefinitionId: filledText, principalId: filledText, scope: filledText },
    {
      principalType: text,
      principalName: text,
      roleDefinitionName: text,
      condition: text,
      conditionVersion: text,
      delegatedManagedIdentityResourceId: text,
      createdOn: text,
    },
  ),
  // An inherited assignment is in the answer of every subscription below, each time with that subscription's own path
  // to the role definition.
  id: (row) => (subscriptionOf(row) === undefined ? undefined : armId(row)),
  scope: subscriptionOf,
})
