import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, flag, record, text } from '../../record-shape.ts'
import { hasAny, objectId } from './directory.ts'

/** Administrative units. https://learn.microsoft.com/graph/api/directory-list-administrativeunits */
export const administrativeUnits = listing({
  kind: 'azure.administrative-units',
  cloud: 'azure',
  noun: ['administrative unit', 'administrative units'],
  what: 'administrative-units',
  lists: ['value'],
  calls: [/\/directory\/administrativeUnits(\?|$)/i, 'graph:administrativeUnits.list'],
  looksLike: (row) =>
    own(row, 'isMemberManagementRestricted') !== undefined && !hasAny(row, 'groupTypes', '@odata.type'),
  row: record(
    { id: filledText },
    { displayName: text, isMemberManagementRestricted: flag, membershipType: text },
  ),
  id: objectId,
})
