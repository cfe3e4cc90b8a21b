import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { anyObject, filledText, listOf, record, text } from '../../record-shape.ts'

const principals = record({}, { principals: listOf(text) })

/**
 * Entitlements of Privileged Access Manager (google.cloud.privilegedaccessmanager.v1.Entitlement), one or the listing.
 * https://docs.cloud.google.com/iam/docs/reference/pam/rest/v1/projects.locations.entitlements
 */
export const entitlements = listing({
  kind: 'gcp.entitlements',
  cloud: 'gcp',
  noun: ['entitlement', 'entitlements'],
  what: 'entitlements',
  lists: ['entitlements'],
  calls: [
    /gcloud (beta |alpha )?pam entitlements (list|describe)|entitlements\.(list|get)\b|\b(List|Get)Entitlements?\b/i,
  ],
  looksLike: (row) => /\/entitlements\/[^/]+$/.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText },
    {
      state: text,
      maxRequestDuration: text,
      eligibleUsers: listOf(principals),
      approvalWorkflow: record(
        {},
        { manualApprovals: record({}, { steps: listOf(record({}, { approvers: listOf(principals) })) }) },
      ),
      privilegedAccess: record(
        {},
        {
          gcpIamAccess: record(
            {},
            {
              resource: text,
              resourceType: text,
              roleBindings: listOf(record({ role: filledText }, { conditionExpression: text, id: text })),
            },
          ),
        },
      ),
      requesterJustificationConfig: anyObject,
    },
  ),
  id: (row) => ownString(row, 'name'),
  scope: (row) => /^((?:organizations|folders|projects)\/[^/]+)\//.exec(ownString(row, 'name') ?? '')?.[1],
})
