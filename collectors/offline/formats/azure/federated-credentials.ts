import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, listOf, record, text } from '../../record-shape.ts'

/**
 * Federated credentials of an application, wrapped with the application's object id.
 * https://learn.microsoft.com/graph/api/application-list-federatedidentitycredentials
 */
export const federatedCredentials = listing({
  kind: 'azure.federated-credentials',
  cloud: 'azure',
  noun: ['federated credential', 'federated credentials'],
  what: 'federated-credentials',
  lists: ['value'],
  calls: [
    /az ad app federated-credential list|\/applications\/[^/]+\/federatedIdentityCredentials\b/i,
    /^(graph|arm):.*\.federatedIdentityCredentials\.list$/,
  ],
  looksLike: (row) => own(row, 'issuer') !== undefined && own(row, 'audiences') !== undefined,
  row: record(
    { issuer: filledText, audiences: listOf(text) },
    {
      id: text,
      name: text,
      subject: text,
      description: text,
      claimsMatchingExpression: record({}, { value: text }),
    },
  ),
  asked: {
    about: 'id',
    parameters: record({ id: filledText }),
    says: 'these federated credentials do not say of which application they are',
    remedy:
      'wrap each answer with the object id: `az ad app federated-credential list --id "$id" -o json | jq -c --arg id "$id" ' +
      `'{call: "az ad app federated-credential list", parameters: {id: $id}, response: .}'\``,
  },
})
