import { listing } from '../../listing.ts'
import { filledText, flag, listOf, record, text } from '../../record-shape.ts'
import { hasAny, objectId } from './directory.ts'

/** Groups of the directory. https://learn.microsoft.com/graph/api/group-list */
export const groups = listing({
  kind: 'azure.groups',
  cloud: 'azure',
  noun: ['group', 'groups'],
  what: 'groups',
  lists: ['value'],
  calls: [/az ad group list|graph\.microsoft\.com\/[^/]+\/groups(\?|$)/i, 'graph:groups.list'],
  looksLike: (row) =>
    hasAny(row, 'securityEnabled', 'groupTypes', 'mailEnabled', 'isAssignableToRole') &&
    !hasAny(row, '@odata.type'),
  row: record(
    { id: filledText },
    {
      displayName: text,
      description: text,
      mail: text,
      securityEnabled: flag,
      mailEnabled: flag,
      groupTypes: listOf(text),
      isAssignableToRole: flag,
      membershipRule: text,
      onPremisesSyncEnabled: flag,
    },
  ),
  id: objectId,
})
