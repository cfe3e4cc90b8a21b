import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'

/**
 * Principal access boundary policies (google.iam.v3.PrincipalAccessBoundaryPolicy), one or the listing.
 * https://docs.cloud.google.com/iam/docs/reference/rest/v3/organizations.locations.principalAccessBoundaryPolicies
 */
export const boundaryPolicies = listing({
  kind: 'gcp.boundary-policies',
  cloud: 'gcp',
  noun: ['principal access boundary policy', 'principal access boundary policies'],
  what: 'boundary-policies',
  lists: ['principalAccessBoundaryPolicies'],
  calls: [
    /principal-access-boundary-policies (list|describe)|principalAccessBoundaryPolicies\.(list|get)\b|PrincipalAccessBoundaryPolic(y|ies)\b/i,
  ],
  looksLike: (row) => /\/principalAccessBoundaryPolicies\/[^/]+$/.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText },
    {
      displayName: text,
      details: record(
        {},
        {
          rules: listOf(record({}, { resources: listOf(text), effect: text, description: text })),
          enforcementVersion: text,
        },
      ),
    },
  ),
  id: (row) => ownString(row, 'name'),
  scope: (row) => /^(organizations\/[^/]+)\//.exec(ownString(row, 'name') ?? '')?.[1],
})
