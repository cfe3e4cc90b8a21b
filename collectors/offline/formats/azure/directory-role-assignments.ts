import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'
import { directoryObject, hasAny } from './directory.ts'

/**
 * Assignments of directory roles. Graph gives them in pages that `az rest` does not follow.
 * https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
 */
export const directoryRoleAssignments = listing({
  kind: 'azure.directory-role-assignments',
  cloud: 'azure',
  noun: ['directory role assignment', 'directory role assignments'],
  what: 'directory-roles',
  lists: ['value'],
  calls: [/roleManagement\/directory\/roleAssignments\b/i, 'graph:directoryRoleAssignments.list'],
  looksLike: (row) =>
    own(row, 'roleDefinitionId') !== undefined &&
    own(row, 'principalId') !== undefined &&
    hasAny(row, 'directoryScopeId', 'appScopeId') &&
    !hasAny(row, 'status', 'assignmentType', 'memberType', 'action', 'scheduleInfo'),
  row: record(
    { id: filledText, roleDefinitionId: filledText, principalId: filledText },
    { directoryScopeId: text, appScopeId: text, condition: text, principal: directoryObject },
  ),
  id: (row) => ownString(row, 'id'),
})
