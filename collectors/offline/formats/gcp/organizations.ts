import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'

/**
 * Organizations, as `gcloud organizations list` prints them (v1, `owner.directoryCustomerId`) and as the REST interface
 * v3 does (`directoryCustomerId`). https://docs.cloud.google.com/resource-manager/reference/rest/v3/organizations
 */
export const organizations = listing({
  kind: 'gcp.organizations',
  cloud: 'gcp',
  noun: ['organization', 'organizations'],
  what: 'hierarchy',
  lists: ['organizations'],
  calls: [/gcloud organizations (list|describe)|\borganizations\.(search|get)\b|SearchOrganizations/i],
  looksLike: (row) => /^organizations\/[^/]+$/.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText },
    {
      displayName: text,
      lifecycleState: text,
      state: text,
      directoryCustomerId: text,
      owner: record({}, { directoryCustomerId: text }),
    },
  ),
  id: (row) => ownString(row, 'name'),
})
