import { own, ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { dependingOn, filledText, record, text } from '../../record-shape.ts'

const rest = { id: text, resourceDisplayName: text }
const ends = { clientId: filledText, consentType: filledText, resourceId: filledText, scope: text }
const forOne = record({ ...ends, principalId: filledText }, rest)
const forAll = record(ends, rest)

/**
 * Delegated permissions that applications have: for one user, or for all of them. Each row names both ends.
 * https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
 */
export const delegatedPermissions = listing({
  kind: 'azure.delegated-permissions',
  cloud: 'azure',
  noun: ['delegated permission grant', 'delegated permission grants'],
  what: 'delegated-permissions',
  lists: ['value'],
  calls: [
    /oauth2PermissionGrants\b/i,
    /az ad app permission list-grants/i,
    'graph:oauth2PermissionGrants.list',
  ],
  looksLike: (row) =>
    own(row, 'clientId') !== undefined &&
    own(row, 'consentType') !== undefined &&
    own(row, 'resourceId') !== undefined,
  row: dependingOn((row) => (ownString(row, 'consentType') === 'AllPrincipals' ? forAll : forOne)),
  id: (row) => ownString(row, 'id'),
})
