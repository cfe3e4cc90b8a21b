import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { record, text } from '../../record-shape.ts'
import { wrapped } from './wrapped.ts'

/** `aws organizations list-organizational-units-for-parent`, wrapped: the answer does not name the parent. */
export const organizationalUnits = listing({
  kind: 'aws.organizational-units',
  cloud: 'aws',
  noun: ['organizational unit', 'organizational units'],
  what: 'service-control-policies',
  lists: ['OrganizationalUnits'],
  calls: ['ListOrganizationalUnitsForParent', 'list-organizational-units-for-parent'],
  looksLike: (row) => /^ou-/.test(ownString(row, 'Id') ?? '') && Object.hasOwn(row, 'Arn'),
  row: record({ Id: text, Name: text }, { Arn: text }),
  asked: wrapped('the parent of these units', 'ParentId'),
  id: (row) => ownString(row, 'Id'),
})
