import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { anyObject, filledText, mapOf, record, text } from '../../record-shape.ts'
import { subscriptionOf } from './arm.ts'

const identity = record(
  {},
  {
    type: text,
    principalId: text,
    tenantId: text,
    userAssignedIdentities: mapOf((value) =>
      value === null ? undefined : record({}, { principalId: text, clientId: text })(value),
    ),
  },
)

/**
 * Resources of any type: `az resource list`, the list command of one type (`az identity list`, `az group list`), or Resource
 * Graph. Each prints other members of the same resource, so an id is not held to one record.
 * https://learn.microsoft.com/rest/api/resources/resources/list
 */
export const resources = listing({
  kind: 'azure.resources',
  cloud: 'azure',
  noun: ['resource', 'resources'],
  what: 'resources',
  lists: ['value', 'data'],
  calls: [
    /az (resource|identity|group) list|az graph query|Microsoft\.ResourceGraph\/resources/i,
    /^resourcegraph:/,
  ],
  looksLike: (row) =>
    /^\/subscriptions\/[^/]+\//i.test(ownString(row, 'id') ?? '') &&
    own(row, 'type') !== undefined &&
    !/^microsoft\.(authorization|managedservices)\//i.test(ownString(row, 'type') ?? ''),
  row: record(
    { id: filledText, type: filledText },
    {
      name: text,
      location: text,
      resourceGroup: text,
      subscriptionId: text,
      kind: text,
      managedBy: text,
      identity,
      tags: anyObject,
      properties: anyObject,
      principalId: text,
      clientId: text,
      tenantId: text,
    },
  ),
  scope: subscriptionOf,
})
