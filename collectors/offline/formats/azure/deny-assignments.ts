import { listing } from '../../listing.ts'
import { filledText, flag, listOf, record, text } from '../../record-shape.ts'
import { armHas, armId, armRecord, permissionBlocks, subscriptionOf } from './arm.ts'

const principals = listOf(record({ id: filledText }, { type: text, displayName: text }))

/** Deny assignments. https://learn.microsoft.com/rest/api/authorization/deny-assignments/list */
export const denyAssignments = listing({
  kind: 'azure.deny-assignments',
  cloud: 'azure',
  noun: ['deny assignment', 'deny assignments'],
  what: 'deny-assignments',
  lists: ['value', 'data'],
  calls: [/Microsoft\.Authorization\/denyAssignments/i, 'arm:denyAssignments.list'],
  looksLike: (row) => armHas(row, 'denyAssignmentName') || armHas(row, 'principals', 'excludePrincipals'),
  row: armRecord(
    { permissions: permissionBlocks, principals, scope: filledText },
    {
      denyAssignmentName: text,
      description: text,
      excludePrincipals: principals,
      doNotApplyToChildScopes: flag,
      isSystemProtected: flag,
      condition: text,
      conditionVersion: text,
    },
  ),
  id: armId,
  scope: subscriptionOf,
})
