import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'

/**
 * Who may become a member or owner of a group, by Privileged Identity Management; each row names the group.
 * https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityscheduleinstances
 */
export const groupEligibilities = listing({
  kind: 'azure.group-eligibilities',
  cloud: 'azure',
  noun: ['eligible member or owner', 'eligible members and owners'],
  what: 'group-eligibilities',
  lists: ['value'],
  calls: [
    /privilegedAccess\/group\/eligibilityScheduleInstances\b/i,
    'graph:groups.eligibilityScheduleInstances.list',
  ],
  looksLike: (row) =>
    own(row, 'groupId') !== undefined &&
    own(row, 'accessId') !== undefined &&
    own(row, 'assignmentType') === undefined,
  row: record(
    { groupId: filledText, principalId: filledText, accessId: filledText },
    { id: text, memberType: text, startDateTime: text, endDateTime: text },
  ),
  id: (row) => ownString(row, 'id'),
})
