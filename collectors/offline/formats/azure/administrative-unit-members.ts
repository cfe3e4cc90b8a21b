import { listing } from '../../listing.ts'
import { filledText, record } from '../../record-shape.ts'
import { directoryObject } from './directory.ts'

/**
 * Members of an administrative unit, wrapped with the unit's id.
 * https://learn.microsoft.com/graph/api/administrativeunit-list-members
 */
export const administrativeUnitMembers = listing({
  kind: 'azure.administrative-unit-members',
  cloud: 'azure',
  noun: ['member of an administrative unit', 'members of administrative units'],
  what: 'administrative-unit-members',
  lists: ['value'],
  calls: [/\/administrativeUnits\/[^/]+\/members\b/i, 'graph:administrativeUnits.members.list'],
  looksLike: () => false,
  row: directoryObject,
  asked: {
    about: 'unit',
    parameters: record({ unit: filledText }),
    says: 'these directory objects do not say of which administrative unit they are members',
    remedy: 'wrap each answer with its question, `parameters: {unit: $unit}` (docs/import.md)',
  },
})
