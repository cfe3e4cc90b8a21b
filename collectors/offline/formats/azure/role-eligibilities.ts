import { listing } from '../../listing.ts'
import { filledText, text } from '../../record-shape.ts'
import { armHas, armId, armRecord, armTypeIs, subscriptionOf } from './arm.ts'

/**
 * Eligible role assignments of Privileged Identity Management: roles that may be activated and are not active.
 * https://learn.microsoft.com/rest/api/authorization/role-eligibility-schedule-instances/list-for-scope
 */
export const roleEligibilities = listing({
  kind: 'azure.role-eligibilities',
  cloud: 'azure',
  noun: ['eligible role assignment', 'eligible role assignments'],
  what: 'role-eligibilities',
  lists: ['value'],
  calls: [/roleEligibilityScheduleInstances\?api-version/i, 'arm:roleEligibilityScheduleInstances'],
  looksLike: (row) =>
    armHas(row, 'roleDefinitionId', 'principalId') &&
    armTypeIs(row, 'Microsoft.Authorization/roleEligibilityScheduleInstances') &&
    /\/roleEligibilityScheduleInstances\//i.test(armId(row) ?? ''),
  row: armRecord(
    { roleDefinitionId: filledText, principalId: filledText, scope: filledText },
    {
      principalType: text,
      memberType: text,
      status: text,
      condition: text,
      conditionVersion: text,
      startDateTime: text,
      endDateTime: text,
    },
  ),
  // An inherited one is in the answer of every subscription below.
  id: (row) => (subscriptionOf(row) === undefined ? undefined : armId(row)),
  scope: subscriptionOf,
})
