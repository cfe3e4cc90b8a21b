import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'

/**
 * Application permissions that a service principal has. Each row names both ends.
 * https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments
 */
export const appRoleAssignments = listing({
  kind: 'azure.app-role-assignments',
  cloud: 'azure',
  noun: ['application permission', 'application permissions'],
  what: 'app-role-assignments',
  lists: ['value'],
  calls: [
    /servicePrincipals[(/][^/]+\/appRole(Assignments|AssignedTo)\b/i,
    'graph:servicePrincipals.appRoleAssignments.list',
  ],
  looksLike: (row) =>
    own(row, 'appRoleId') !== undefined &&
    own(row, 'principalId') !== undefined &&
    own(row, 'resourceId') !== undefined,
  row: record(
    { appRoleId: filledText, principalId: filledText, resourceId: filledText },
    { id: text, principalType: text, principalDisplayName: text, resourceDisplayName: text },
  ),
  id: (row) => ownString(row, 'id'),
})
