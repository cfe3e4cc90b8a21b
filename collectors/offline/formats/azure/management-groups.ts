import { ownList, ownString, isObject } from '../../../../graph/index.ts'
import type { JsonObject } from '../../../../graph/index.ts'
import { counted, listing } from '../../listing.ts'
import type { Shape } from '../../record-shape.ts'
import { filledText, lazily, listOf, record, text } from '../../record-shape.ts'
import { armMembers, armRecord } from './arm.ts'

const children: Shape = lazily(() => listOf(child))
const child: Shape = record({ id: filledText, type: filledText }, { name: text, displayName: text, children })
const reference = record({ id: filledText }, { name: text, displayName: text })

/**
 * Management groups: the tree of `az account management-group show --expand --recurse`, the flat list, or either as the
 * REST interface prints it. A group is in the list and in every tree above it, each time with other members, so its id
 * is not held to one record. https://learn.microsoft.com/rest/api/managementgroups/management-groups/get
 */
export const managementGroups = listing({
  kind: 'azure.management-groups',
  cloud: 'azure',
  noun: ['management group', 'management groups'],
  what: 'management-groups',
  lists: ['value'],
  calls: [
    /management-group (show|list)|Microsoft\.Management\/managementGroups/i,
    'arm:managementGroups.get',
  ],
  looksLike: (row) =>
    /microsoft\.management\/managementgroups$/i.test(ownString(row, 'type') ?? '') ||
    /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/i.test(ownString(row, 'id') ?? ''),
  row: armRecord(
    {},
    {
      displayName: text,
      tenantId: text,
      details: record({}, { parent: record({}, { id: text, name: text, displayName: text }) }),
      parent: reference,
      children,
    },
  ),
  holds: (rows) => {
    const seen = { groups: 0, subscriptions: 0 }
    for (const row of rows) {
      seen.groups++
      countChildren(armMembers(row), seen)
    }
    const groups = counted(seen.groups, ['management group', 'management groups'])
    return `${groups}, ${counted(seen.subscriptions, ['subscription', 'subscriptions'])}`
  },
})

function countChildren(root: JsonObject, seen: { groups: number; subscriptions: number }): void {
  const waiting = [root]
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    for (const member of ownList(group, 'children')) {
      if (!isObject(member)) continue
      if (/managementgroups$/i.test(ownString(member, 'type') ?? '')) seen.groups++
      else seen.subscriptions++
      waiting.push(member)
    }
  }
}
