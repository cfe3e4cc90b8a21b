import { isObject, type Json, own, ownString } from '../../../../graph/index.ts'
import { awsGap } from '../../coverage/aws/table.ts'
import { type Listing, listing } from '../../listing.ts'
import { mapOf, record, text, type Shape } from '../../record-shape.ts'
import { accountOf, arn, policyDocument } from './policy-document.ts'

const tags: Shape = (value) => (Array.isArray(value) ? undefined : mapOf(text)(value))

/**
 * Policies of resources, one record a resource: `{arn, type, policy}` as JSON Lines or as a list. `account`, `region`,
 * `name` and `tags` may be added; `account` should be for ARNs that have none (buckets). A null policy: there is none;
 * `error` instead of a policy: it was refused.
 */
export const resourcePolicies = listing({
  kind: 'aws.resource-policies',
  cloud: 'aws',
  noun: ['resource', 'resources'],
  what: 'resource-policies',
  lists: [],
  calls: [],
  looksLike: (row) =>
    Object.hasOwn(row, 'arn') && (Object.hasOwn(row, 'policy') || Object.hasOwn(row, 'error')),
  row: record(
    { arn, type: text },
    { policy: policyDocument, error: text, account: text, region: text, name: text, tags },
  ),
  id: (row) => ownString(row, 'arn'),
  scope: accountOfRow,
  mentions: (rows) => {
    const accounts = new Set<string>()
    for (const row of rows) {
      const account = accountOfRow(row)
      if (account !== undefined) accounts.add(account)
    }
    return [...accounts].map((account) => `account:${account}`)
  },
  gaps: (rows) => {
    const refused = new Set<string>()
    for (const row of rows) if (Object.hasOwn(row, 'error')) refused.add(accountOfRow(row) ?? '*')
    return [...refused].map((account) => awsGap('refused', 'resource-policies', account))
  },
} satisfies Listing)

function accountOfRow(row: Json): string | undefined {
  if (!isObject(row)) return undefined
  return ownString(row, 'account') ?? accountOf(own(row, 'arn'))
}
