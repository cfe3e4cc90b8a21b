import { isObject, type JsonObject, own, ownList, ownString } from '../../../graph/index.ts'
import { idBy } from '../../transport/crawled.ts'
import { asked, type AzureCall, eachId, only, rowsOf, some } from './call.ts'

const MEMBERS = ['@odata.type', 'id', 'displayName', 'userPrincipalName', 'appId', 'servicePrincipalType']

const once = {
  lane: 'graph',
  place: 'once',
  starts: () => [{}],
  rows: 'value',
  id: idBy('id'),
  about: () => '*',
} as const satisfies Partial<AzureCall>

const listing = (path: string, select: readonly string[]): AzureCall['how'] => ({
  service: 'graph',
  path: `v1.0/${path}`,
  query: { $select: select.join(','), $top: '999' },
})

const USER = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'userType',
  'accountEnabled',
  'createdDateTime',
  'externalUserState',
]
const GROUP = [
  'id',
  'displayName',
  'mail',
  'securityEnabled',
  'mailEnabled',
  'groupTypes',
  'isAssignableToRole',
  'membershipRule',
  'onPremisesSyncEnabled',
]
const PRINCIPAL = [
  'id',
  'appId',
  'displayName',
  'appDisplayName',
  'servicePrincipalType',
  'appOwnerOrganizationId',
  'accountEnabled',
  'servicePrincipalNames',
  'alternativeNames',
  'keyCredentials',
  'passwordCredentials',
]
const APPLICATION = [
  'id',
  'appId',
  'displayName',
  'signInAudience',
  'publisherDomain',
  'identifierUris',
  'createdDateTime',
  'keyCredentials',
  'passwordCredentials',
]

/** Keys and secrets by id and dates: not the key, its thumbprint, or the first letters of the secret (`hint`). */
const credentialKept = (row: JsonObject, name: string): JsonObject => ({
  [name]: ownList(row, name)
    .filter((credential) => isObject(credential))
    .map((credential) => some(credential, ['keyId', 'displayName', 'startDateTime', 'endDateTime'])),
})
const withoutKeys =
  (names: readonly string[]) =>
  (page: JsonObject): JsonObject => ({
    value: rowsOf(page).map((row) => ({
      ...some(row, names),
      ...credentialKept(row, 'keyCredentials'),
      ...credentialKept(row, 'passwordCredentials'),
    })),
  })

const members = {
  lane: 'graph',
  rows: 'value',
  keep: only(...MEMBERS),
  // It was deleted since the listing.
  absent: ['Request_ResourceNotFound'],
} as const satisfies Partial<AzureCall>

const related = (path: string, version: 'v1.0' | 'beta' = 'v1.0'): AzureCall['how'] => ({
  service: 'graph',
  path: `${version}/${path}`,
  query: { $top: '999' },
})

const owners = {
  ...members,
  yields: 'azure.owners',
  gap: 'owners',
  lost: 'who can add credentials or members, and so become it, is not known',
  about: asked('id'),
} as const satisfies Partial<AzureCall>

/** The directory, by Microsoft Graph. */
export const DIRECTORY_CALLS: readonly AzureCall[] = [
  {
    ...once,
    name: 'graph:users.list',
    permissions: ['User.Read.All'],
    yields: 'azure.users',
    gap: 'users',
    lost: 'who the users are is not known',
    how: listing('users', USER),
    keep: only(...USER),
  },
  {
    ...once,
    name: 'graph:groups.list',
    permissions: ['Group.Read.All'],
    yields: 'azure.groups',
    gap: 'groups',
    lost: 'which groups there are, and who is in them, is not known',
    how: listing('groups', GROUP),
    keep: only(...GROUP),
  },
  {
    ...members,
    name: 'graph:groups.members.list',
    permissions: ['GroupMember.Read.All'],
    place: 'each group',
    after: [{ call: 'graph:groups.list', each: 'each group', targets: eachId('group') }],
    yields: 'azure.group-members',
    gap: 'group-members',
    lost: 'who is in the group is not known',
    about: asked('group'),
    // v1.0 leaves service principals out: https://learn.microsoft.com/graph/api/group-list-members
    how: related('groups/{group}/members', 'beta'),
  },
  {
    ...owners,
    name: 'graph:groups.owners.list',
    permissions: ['Group.Read.All'],
    place: 'each group',
    after: [{ call: 'graph:groups.list', each: 'each group', targets: eachId('id') }],
    how: related('groups/{id}/owners', 'beta'),
  },
  {
    ...once,
    name: 'graph:servicePrincipals.list',
    permissions: ['Application.Read.All'],
    lane: 'graph-keys',
    yields: 'azure.service-principals',
    gap: 'service-principals',
    lost: 'which applications and managed identities there are is not known',
    how: listing('servicePrincipals', PRINCIPAL),
    keep: withoutKeys(PRINCIPAL),
  },
  {
    ...owners,
    name: 'graph:servicePrincipals.owners.list',
    permissions: ['Application.Read.All'],
    place: 'each service principal',
    after: [{ call: 'graph:servicePrincipals.list', each: 'each service principal', targets: eachId('id') }],
    how: related('servicePrincipals/{id}/owners'),
  },
  {
    name: 'graph:servicePrincipals.appRoleAssignments.list',
    permissions: ['Application.Read.All'],
    lane: 'graph',
    place: 'each service principal',
    after: [{ call: 'graph:servicePrincipals.list', each: 'each service principal', targets: eachId('id') }],
    yields: 'azure.app-role-assignments',
    rows: 'value',
    id: idBy('id'),
    gap: 'app-role-assignments',
    lost: 'which permissions of other applications, Microsoft Graph above all, it has is not known',
    absent: ['Request_ResourceNotFound'],
    about: asked('id'),
    how: related('servicePrincipals/{id}/appRoleAssignments'),
    keep: only('id', 'appRoleId', 'principalId', 'principalType', 'principalDisplayName', 'resourceId'),
  },
  {
    ...once,
    name: 'graph:applications.list',
    permissions: ['Application.Read.All'],
    lane: 'graph-keys',
    yields: 'azure.applications',
    gap: 'applications',
    lost: 'which applications there are is not known',
    how: listing('applications', APPLICATION),
    keep: withoutKeys(APPLICATION),
  },
  {
    ...owners,
    name: 'graph:applications.owners.list',
    permissions: ['Application.Read.All'],
    place: 'each application',
    after: [{ call: 'graph:applications.list', each: 'each application', targets: eachId('id') }],
    how: related('applications/{id}/owners'),
  },
  {
    ...members,
    name: 'graph:applications.federatedIdentityCredentials.list',
    permissions: ['Application.Read.All'],
    place: 'each application',
    after: [{ call: 'graph:applications.list', each: 'each application', targets: eachId('id') }],
    yields: 'azure.federated-credentials',
    gap: 'federated-credentials',
    lost: 'which outside workloads can sign in as the application is not known',
    about: asked('id'),
    how: { service: 'graph', path: 'v1.0/applications/{id}/federatedIdentityCredentials', query: {} },
    keep: only('id', 'name', 'issuer', 'subject', 'audiences', 'claimsMatchingExpression'),
  },
]

/** Groups that Privileged Identity Management can hold: neither dynamic nor synchronized from elsewhere. */
export function manageable(page: JsonObject): readonly JsonObject[] {
  return rowsOf(page).flatMap((row) => {
    const id = ownString(row, 'id')
    const isDynamic = ownList(row, 'groupTypes').includes('DynamicMembership')
    return id === undefined || isDynamic || own(row, 'onPremisesSyncEnabled') === true ? [] : [{ group: id }]
  })
}
