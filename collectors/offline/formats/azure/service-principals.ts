import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, flag, listOf, record, text } from '../../record-shape.ts'
import { credentials, hasAny, objectId } from './directory.ts'

/** Service principals: enterprise applications and managed identities. https://learn.microsoft.com/graph/api/serviceprincipal-list */
export const servicePrincipals = listing({
  kind: 'azure.service-principals',
  cloud: 'azure',
  noun: ['service principal', 'service principals'],
  what: 'service-principals',
  lists: ['value'],
  calls: [
    /az ad sp list|graph\.microsoft\.com\/[^/]+\/servicePrincipals(\?|$)/i,
    'graph:servicePrincipals.list',
  ],
  looksLike: (row) =>
    own(row, 'appId') !== undefined &&
    hasAny(row, 'servicePrincipalType', 'servicePrincipalNames', 'appOwnerOrganizationId') &&
    !hasAny(row, '@odata.type'),
  row: record(
    { id: filledText, appId: filledText },
    {
      displayName: text,
      appDisplayName: text,
      servicePrincipalType: text,
      appOwnerOrganizationId: text,
      accountEnabled: flag,
      servicePrincipalNames: listOf(text),
      alternativeNames: listOf(text),
      createdDateTime: text,
      keyCredentials: credentials,
      passwordCredentials: credentials,
    },
  ),
  id: objectId,
})
