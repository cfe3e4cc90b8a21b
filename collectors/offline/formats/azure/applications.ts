import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, record, text } from '../../record-shape.ts'
import { credentials, hasAny, objectId } from './directory.ts'

/** App registrations. https://learn.microsoft.com/graph/api/application-list */
export const applications = listing({
  kind: 'azure.applications',
  cloud: 'azure',
  noun: ['application', 'applications'],
  what: 'applications',
  lists: ['value'],
  calls: [/az ad app list|graph\.microsoft\.com\/[^/]+\/applications(\?|$)/i, 'graph:applications.list'],
  looksLike: (row) =>
    own(row, 'appId') !== undefined &&
    hasAny(row, 'signInAudience', 'requiredResourceAccess', 'publisherDomain', 'identifierUris') &&
    !hasAny(row, '@odata.type', 'servicePrincipalType', 'servicePrincipalNames'),
  row: record(
    { id: filledText, appId: filledText },
    {
      displayName: text,
      signInAudience: text,
      publisherDomain: text,
      createdDateTime: text,
      keyCredentials: credentials,
      passwordCredentials: credentials,
    },
  ),
  id: objectId,
})
