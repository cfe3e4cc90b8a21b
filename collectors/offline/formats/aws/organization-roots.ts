import { own, ownList, ownString, isObject } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { listOf, record, text } from '../../record-shape.ts'

/** `aws organizations list-roots`. */
export const organizationRoots = listing({
  kind: 'aws.organization-roots',
  cloud: 'aws',
  noun: ['root', 'roots'],
  what: 'service-control-policies',
  lists: ['Roots'],
  calls: ['ListRoots', 'list-roots'],
  looksLike: (row) => /^r-/.test(ownString(row, 'Id') ?? '') && Object.hasOwn(row, 'PolicyTypes'),
  row: record(
    { Id: text },
    { Arn: text, Name: text, PolicyTypes: listOf(record({ Type: text, Status: text })) },
  ),
  id: (row) => ownString(row, 'Id'),
  mentions: (rows) => {
    const isEnabled = [...rows].some((row) =>
      ownList(row, 'PolicyTypes').some(
        (type) =>
          isObject(type) &&
          own(type, 'Type') === 'RESOURCE_CONTROL_POLICY' &&
          own(type, 'Status') === 'ENABLED',
      ),
    )
    return isEnabled ? [] : ['no-rcp']
  },
})
