import { own, ownList, ownObject, ownString } from '../../../../graph/index.ts'
import { counted, listing, some } from '../../listing.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'
import { allowPolicy } from './allow-policy.ts'

/**
 * Results of searchAllIamPolicies (google.cloud.asset.v1.IamPolicySearchResult), as `gcloud` lists them, one a line,
 * or in pages of `results`. https://docs.cloud.google.com/asset-inventory/docs/reference/rest/v1/TopLevel/searchAllIamPolicies
 */
export const iamPolicies = listing({
  kind: 'gcp.iam-policies',
  cloud: 'gcp',
  noun: ['allow policy', 'allow policies'],
  what: 'allow-policies',
  lists: ['results'],
  calls: [/search-?all-?iam-?policies/i],
  looksLike: (row) => own(row, 'resource') !== undefined && own(row, 'policy') !== undefined,
  row: record(
    { resource: filledText, policy: allowPolicy },
    { assetType: text, project: text, folders: listOf(text), organization: text },
  ),
  id: (row) => {
    const resource = ownString(row, 'resource')
    return resource === undefined ? undefined : `${ownString(row, 'assetType') ?? ''} ${resource}`
  },
  scope: (row) => ownString(row, 'organization') ?? ownString(row, 'project'),
  mentions: (rows) => (some(rows, (row) => own(row, 'organization') !== undefined) ? ['hierarchy'] : []),
  holds: (rows, count) => {
    let bindings = 0
    for (const row of rows) bindings += ownList(ownObject(row, 'policy') ?? {}, 'bindings').length
    return `${counted(count, ['allow policy', 'allow policies'])}, ${counted(bindings, ['binding', 'bindings'])}`
  },
})
