import type { JsonObject } from '../../../../graph/index.ts'
import { own, ownString } from '../../../../graph/index.ts'
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
  calls: [/az role assignment list|Microsoft\.Authorization\/roleAssignments/i, 'arm:roleAssignments.list'],
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
  mentions: reaches,
})

/**
 * `on:` the subscriptions that a listing is of, when all it has stands on a subscription itself; `beyond:` when something
 * stands above or below one. `az role assignment list` prints the former without `--all`.
 */
function reaches(rows: Iterable<JsonObject>): readonly string[] {
  const subscriptions = new Set<string>()
  let isBeyond = false
  for (const row of rows) {
    const members = armMembers(row)
    // An inherited assignment names the subscription in its role definition only.
    const of = subscriptionOf(row) ?? SUBSCRIPTION.exec(ownString(members, 'roleDefinitionId') ?? '')?.[1]
    if (of !== undefined) subscriptions.add(of.toLowerCase())
    isBeyond ||= members !== row || !/^\/subscriptions\/[^/]+\/?$/i.test(ownString(members, 'scope') ?? '')
  }
  return [...subscriptions].map((subscription) => `${isBeyond ? 'beyond' : 'on'}:${subscription}`)
}

const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i
