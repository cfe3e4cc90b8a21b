import { own, ownObject, ownString } from '../../../../graph/index.ts'
import { counted, listing } from '../../listing.ts'
import type { Shape } from '../../record-shape.ts'
import { anyObject, dependingOn, filledText, flag, listOf, record, text } from '../../record-shape.ts'
import { credentials, directoryObject } from './directory.ts'

const assignment = record(
  { properties: record({ principalId: filledText, roleDefinitionId: filledText }, { scope: text }) },
  { id: text, name: text, type: text },
)
const identity = record({}, { type: text, principalId: text, userAssignedIdentities: anyObject })
const ownerOf = dependingOn((owner) =>
  own(owner, 'properties') === undefined ? directoryObject : assignment,
)
const federated = record({}, { id: text, name: text, issuer: text, subject: text, audiences: listOf(text) })
const relations = {
  members: listOf(record({}, { member: directoryObject })),
  owners: listOf(record({}, { owner: ownerOf })),
  fics: listOf(record({}, { fic: federated })),
  assignees: listOf(record({ assignee: assignment })),
  userAccessAdmins: listOf(record({}, { userAccessAdmin: assignment })),
  contributors: listOf(record({}, { contributor: assignment })),
}
const ids = {
  id: text,
  tenantId: text,
  appId: text,
  groupId: text,
  objectId: text,
  servicePrincipalId: text,
  subscriptionId: text,
  managementGroupId: text,
  resourceGroupId: text,
  resourceGroup: text,
  roleDefinitionId: text,
  templateId: text,
  displayName: text,
  userPrincipalName: text,
  userType: text,
  accountEnabled: flag,
  isAssignableToRole: flag,
  securityEnabled: flag,
  isBuiltIn: flag,
  keyCredentials: credentials,
  passwordCredentials: credentials,
  identity,
  // Of a descendant of a management group.
  properties: record({}, { displayName: text, parent: record({}, { id: text }) }),
}

/** A directory role's assignments are Graph's; those of a scope are ARM's, each with the scope beside it. */
const directoryAssignment = record(
  { principalId: filledText, roleDefinitionId: filledText },
  { directoryScopeId: text },
)
const scopedAssignment = record({ roleAssignment: assignment })

const entry = (roleAssignments: Shape) =>
  record(
    {
      kind: filledText,
      data: record({}, { ...ids, ...relations, roleAssignments: listOf(roleAssignments) }),
    },
    {},
  )
const ofDirectory = entry(directoryAssignment)
const ofScope = entry(scopedAssignment)

/**
 * A collection of AzureHound: `{data: [{kind, data}], meta: {type: "azure"}}`. Lists may be null.
 * https://github.com/SpecterOps/AzureHound (models/)
 */
export const azurehound = listing({
  kind: 'azure.azurehound',
  cloud: 'azure',
  noun: ['AzureHound record', 'AzureHound records'],
  what: 'azurehound',
  lists: ['data'],
  calls: [/azurehound/i],
  looksLike: (row) => /^AZ[A-Z]/.test(ownString(row, 'kind') ?? '') && own(row, 'data') !== undefined,
  row: dependingOn((row) => (ownString(row, 'kind') === 'AZRoleAssignment' ? ofDirectory : ofScope)),
  holds: (rows, count) => {
    const kinds = new Map<string, number>()
    for (const row of rows) {
      const kind = ownString(row, 'kind') ?? ''
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    const parts = SHOWN.flatMap(([kind, noun]) =>
      kinds.has(kind) ? [counted(kinds.get(kind) ?? 0, noun)] : [],
    )
    return [counted(count, ['AzureHound record', 'AzureHound records']), ...parts].join(', ')
  },
  scope: (row) => {
    const data = ownObject(row, 'data')
    return data === undefined ? undefined : ownString(data, 'tenantId')?.toLowerCase()
  },
})

const SHOWN = [
  ['AZUser', ['user', 'users']],
  ['AZGroup', ['group', 'groups']],
  ['AZServicePrincipal', ['service principal', 'service principals']],
  ['AZApp', ['application', 'applications']],
  ['AZSubscription', ['subscription', 'subscriptions']],
] as const
