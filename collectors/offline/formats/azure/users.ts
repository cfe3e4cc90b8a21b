import { own } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { filledText, flag, record, text } from '../../record-shape.ts'
import { hasAny, objectId } from './directory.ts'

/** Users of the directory. https://learn.microsoft.com/graph/api/user-list */
export const users = listing({
  kind: 'azure.users',
  cloud: 'azure',
  noun: ['user', 'users'],
  what: 'users',
  lists: ['value'],
  calls: [/az ad user list|graph\.microsoft\.com\/[^/]+\/users\b/i, 'graph:users.list'],
  looksLike: (row) => own(row, 'userPrincipalName') !== undefined && !hasAny(row, 'appId', '@odata.type'),
  row: record(
    { id: filledText },
    {
      displayName: text,
      userPrincipalName: text,
      mail: text,
      userType: text,
      accountEnabled: flag,
      createdDateTime: text,
      externalUserState: text,
      signInActivity: record(
        {},
        {
          lastSignInDateTime: text,
          lastNonInteractiveSignInDateTime: text,
          lastSuccessfulSignInDateTime: text,
        },
      ),
    },
  ),
  id: objectId,
  explain: (row) => (own(row, 'objectId') === undefined ? undefined : fromOldTool),
})

/** `az` before 2.37 asked the retired Azure AD Graph, which calls the id `objectId`. */
const fromOldTool = {
  says: 'this was printed by `az` before 2.37, which asked a directory interface that no longer exists',
  remedy: 'update `az` and export again with `az ad user list -o json`',
} as const
