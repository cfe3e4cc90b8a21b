import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { managedSubscriptions } from './lighthouse.ts'
import { dependingOn, filledText, flag, listOf, record, text } from '../../record-shape.ts'

const managedByTenants = listOf(record({ tenantId: filledText }))
const asListed = record(
  { id: filledText, name: text, tenantId: filledText },
  {
    state: text,
    isDefault: flag,
    homeTenantId: text,
    managedByTenants,
    tenantDisplayName: text,
    tenantDefaultDomain: text,
  },
)
const asRest = record(
  { id: filledText, subscriptionId: filledText },
  { displayName: text, state: text, tenantId: text, managedByTenants },
)

/**
 * Subscriptions, as `az account list` prints them (`id` is the subscription's GUID) or as the REST interface does (`id` is
 * a path). https://learn.microsoft.com/rest/api/subscription/subscriptions/list
 */
export const subscriptions = listing({
  kind: 'azure.subscriptions',
  cloud: 'azure',
  noun: ['subscription', 'subscriptions'],
  what: 'subscriptions',
  lists: ['value'],
  calls: [/az account (subscription )?list|\/subscriptions\?api-version/i, 'arm:subscriptions.list'],
  looksLike: (row) =>
    (own(row, 'subscriptionId') !== undefined && own(row, 'displayName') !== undefined) ||
    (own(row, 'cloudName') !== undefined && own(row, 'tenantId') !== undefined),
  row: dependingOn((row) => (own(row, 'subscriptionId') === undefined ? asListed : asRest)),
  id: (row) => (ownString(row, 'subscriptionId') ?? ownString(row, 'id'))?.toLowerCase(),
  mentions: managedSubscriptions,
})
