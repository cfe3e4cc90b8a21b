import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'
import { condition } from './allow-policy.ts'

/**
 * Bindings of principal access boundary policies to principal sets (google.iam.v3.PolicyBinding), one or the listing.
 * https://docs.cloud.google.com/iam/docs/reference/rest/v3/organizations.locations.policyBindings
 */
export const policyBindings = listing({
  kind: 'gcp.policy-bindings',
  cloud: 'gcp',
  noun: ['policy binding', 'policy bindings'],
  what: 'boundary-policies',
  lists: ['policyBindings'],
  calls: [
    /iam policy-bindings (list|describe|search)|policyBindings\.(list|get|searchTargetPolicyBindings)\b|PolicyBindings?\b/,
  ],
  looksLike: (row) => /\/policyBindings\/[^/]+$/.test(ownString(row, 'name') ?? ''),
  row: record(
    { name: filledText, policy: filledText, target: record({}, { principalSet: text }) },
    { displayName: text, policyKind: text, condition },
  ),
  id: (row) => ownString(row, 'name'),
  scope: (row) => /^((?:organizations|folders|projects)\/[^/]+)\//.exec(ownString(row, 'name') ?? '')?.[1],
})
