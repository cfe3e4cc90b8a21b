import { isObject, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { record, type Shape, text } from '../../record-shape.ts'

const organizationRow = record({ Id: text, MasterAccountId: text }, { Arn: text, FeatureSet: text })
const rowOrNone: Shape = (value) => (value === null ? undefined : organizationRow(value))

/** `aws organizations describe-organization`; null for an account that is in none. */
const described = listing({
  kind: 'aws.organization',
  cloud: 'aws',
  noun: ['organization', 'organizations'],
  what: 'service-control-policies',
  lists: [],
  one: 'Organization',
  calls: ['DescribeOrganization', 'describe-organization'],
  looksLike: (row) => Object.hasOwn(row, 'MasterAccountId') && Object.hasOwn(row, 'FeatureSet'),
  row: rowOrNone,
  id: (row) => ownString(row, 'Id'),
  scope: (row) => ownString(row, 'Id'),
})

export const organization: typeof described = {
  kind: described.kind,
  recognises(document) {
    const root = document.format === 'json' ? document.root : undefined
    return isNone(root) || described.recognises(document)
  },
  take(document, place) {
    const taken = described.take(document, place)
    if (document.format !== 'json' || !isNone(document.root) || 'says' in taken) return taken
    return {
      ...taken,
      holds: 'an account without organization',
      mentions: ['no-organization', 'scope-of-caller'],
    }
  },
}

function isNone(root: unknown): boolean {
  return isObject(root) && Object.hasOwn(root, 'Organization') && root['Organization'] === null
}
