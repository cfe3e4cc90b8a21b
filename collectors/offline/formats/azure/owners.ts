import { listing } from '../../listing.ts'
import { filledText, record } from '../../record-shape.ts'
import { directoryObject } from './directory.ts'

/**
 * Owners of an application, service principal or group, wrapped with its object id; the call says which of both it is.
 * https://learn.microsoft.com/graph/api/application-list-owners, …/serviceprincipal-list-owners
 */
export const owners = listing({
  kind: 'azure.owners',
  cloud: 'azure',
  noun: ['owner', 'owners'],
  what: 'owners',
  lists: ['value'],
  calls: [
    /az ad (app|sp|group) owner list|\/(applications|servicePrincipals|groups)\/[^/]+\/owners\b/i,
    /^graph:(groups|servicePrincipals|applications)\.owners\.list$/,
  ],
  looksLike: () => false,
  row: directoryObject,
  asked: {
    about: 'id',
    parameters: record({ id: filledText }),
    says: 'these owners do not say what they own',
    remedy:
      'wrap each answer with the object id: `az ad app owner list --id "$id" -o json | jq -c --arg id "$id" ' +
      `'{call: "az ad app owner list", parameters: {id: $id}, response: .}'\``,
  },
})
