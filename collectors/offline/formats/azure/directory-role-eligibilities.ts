import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'
import { hasAny } from './directory.ts'

/**
 * Eligible directory role assignments of Privileged Identity Management. A row of active ones has `assignmentType` besides.
 * https://learn.microsoft.com/graph/api/rbacapplication-list-roleeligibilityscheduleinstances
 */
export const directoryRoleEligibilities = listing({
  kind: 'azure.directory-role-eligibilities',
  cloud: 'azure',
  noun: ['eligible directory role assignment', 'eligible directory role assignments'],
  what: 'directory-role-eligibilities',
  lists: ['value'],
  calls: [
    /roleManagement\/directory\/roleEligibilityScheduleInstances\b/i,
    'graph:directoryRoleEligibilityScheduleInstances.list',
  ],
  looksLike: (row) =>
    own(row, 'roleDefinitionId') !== undefined &&
    own(row, 'roleEligibilityScheduleId') !== undefined &&
    own(row, 'directoryScopeId') !== undefined &&
    !hasAny(row, 'assignmentType'),
  row: record(
    { id: filledText, roleDefinitionId: filledText, principalId: filledText },
    { directoryScopeId: text, appScopeId: text, memberType: text, startDateTime: text, endDateTime: text },
  ),
  id: (row) => ownString(row, 'id'),
})
