import published from '../../app/demo/azure/built-in-roles.json' with { type: 'json' }
import { EstateFiles, listOf } from './estate-files.ts'

/** Sizes of a synthetic tenant. */
export const AZURE_SIZES = {
  'A/4': { users: 75_000, subscriptions: 500 },
  'A/2': { users: 150_000, subscriptions: 1_000 },
  A: { users: 300_000, subscriptions: 2_000 },
} as const

const TENANT = '11111111-2222-4333-8444-555555555555'
const TYPE = 'Microsoft.Management/managementGroups'
/** Users of a page, groups of a file. */
const PAGE = 20_000
const [USER, GROUP, PRINCIPAL, SUBSCRIPTION, ASSIGNMENT, APPLICATION] = [1, 2, 3, 4, 5, 6] as const
const RESOURCES = [
  'Microsoft.Storage/storageAccounts',
  'Microsoft.KeyVault/vaults',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Web/sites',
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Sql/servers',
] as const
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'

/**
 * Writes a tenant as `az` and Microsoft Graph show it (docs/import.md): users, a group for thirty of them with forty
 * members, ten service principals, fifty resources and forty role assignments for each subscription, management groups
 * in two levels. Gives the number of bytes.
 */
export function writeTenant(size: keyof typeof AZURE_SIZES, folder: string, seed = 42): number {
  const { users, subscriptions } = AZURE_SIZES[size]
  const files = new EstateFiles(folder, seed)
  const groups = Math.floor(users / 30)
  const principals = subscriptions * 10
  writeUsers(files, users)
  writeGroups(files, groups, users)
  writeApplications(files, principals)
  writeDelegated(files, users, principals)
  writeHierarchy(files, subscriptions)
  for (let i = 0; i < subscriptions; i++) writeSubscription(files, i, { users, groups, principals })
  files.json('role-definition-list.json', published.roles.map(definition))
  writeDirectoryRoles(files, users)
  return files.written
}

const login = (i: number) => `user${i}@contoso.example`
const definition = (role: (typeof published.roles)[number]) => ({
  ...role,
  id: `/subscriptions/${uuidOf(SUBSCRIPTION, 0)}/providers/Microsoft.Authorization/roleDefinitions/${role.name}`,
})

function uuidOf(kind: number, i: number): string {
  return `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${i.toString(16).padStart(12, '0')}`
}

function writeUsers(files: EstateFiles, users: number): void {
  for (let start = 0; start < users; start += PAGE) {
    const value = listOf(Math.min(PAGE, users - start), (k) => {
      const i = start + k
      const isGuest = i % 25 === 24
      return {
        id: uuidOf(USER, i),
        displayName: `Given${i % 997} Family${i}`,
        mail: login(i),
        userPrincipalName: isGuest ? `user${i}_partner.example#EXT#@contoso.example` : login(i),
        jobTitle: `Title ${i % 60}`,
        department: `Department ${i % 300}`,
        accountEnabled: !files.chance(0.03),
        userType: isGuest ? 'Guest' : 'Member',
        createdDateTime: '2023-02-14T09:30:11Z',
        signInActivity: {
          lastSignInDateTime: files.chance(0.9) ? '2026-11-10T08:00:00Z' : '2026-03-01T08:00:00Z',
        },
      }
    })
    files.json(`users-${start / PAGE}.json`, {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users(id,displayName,mail)',
      value,
    })
  }
}

function writeGroups(files: EstateFiles, groups: number, users: number): void {
  files.json(
    'ad-group-list.json',
    listOf(groups, (i) => ({
      id: uuidOf(GROUP, i),
      displayName: `group-${i}`,
      description: null,
      groupTypes: [],
      isAssignableToRole: null,
      membershipRule: null,
      securityEnabled: true,
    })),
  )
  const members = (group: number) => [
    ...listOf(40, () => {
      const user = files.below(users)
      return {
        '@odata.type': '#microsoft.graph.user',
        id: uuidOf(USER, user),
        displayName: `Given${user % 997} Family${user}`,
        userPrincipalName: login(user),
      }
    }),
    ...(group > 0 && files.chance(0.1)
      ? [
          {
            '@odata.type': '#microsoft.graph.group',
            id: uuidOf(GROUP, files.below(group)),
            displayName: 'nested',
          },
        ]
      : []),
  ]
  files.lines(
    'ad-group-members.jsonl',
    listOf(groups, (i) => ({
      call: 'az ad group member list',
      parameters: { group: uuidOf(GROUP, i) },
      response: members(i).filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at),
    })),
  )
}

function writeApplications(files: EstateFiles, principals: number): void {
  const common = (i: number) => ({
    appId: uuidOf(APPLICATION, i),
    displayName: `application-${i}`,
    keyCredentials: [],
    passwordCredentials:
      i % 3 === 0
        ? [
            {
              keyId: uuidOf(7, i),
              startDateTime: '2025-01-01T00:00:00Z',
              endDateTime: '2027-01-01T00:00:00Z',
            },
          ]
        : [],
  })
  files.json(
    'ad-app-list.json',
    listOf(principals, (i) => ({ id: uuidOf(8, i), ...common(i) })),
  )
  files.json(
    'ad-sp-list.json',
    listOf(principals, (i) => ({
      id: uuidOf(PRINCIPAL, i),
      ...common(i),
      accountEnabled: true,
      appOwnerOrganizationId: TENANT,
      servicePrincipalType: 'Application',
      servicePrincipalNames: [uuidOf(APPLICATION, i)],
      alternativeNames: [],
      appRoles: [],
      oauth2PermissionScopes: [],
      tags: [],
    })),
  )
}

/** One of ten users has let an application act for it, and one of a hundred applications acts for everybody. */
function writeDelegated(files: EstateFiles, users: number, principals: number): void {
  const [arm, graph] = [uuidOf(PRINCIPAL, principals), uuidOf(PRINCIPAL, principals + 1)]
  const api = (id: string, appId: string) => ({ id, appId, servicePrincipalType: 'Application' })
  files.json('ad-sp-list-of-microsoft.json', [
    api(arm, '797f4846-ba00-4fd7-ba43-dac1f8f63013'),
    api(graph, '00000003-0000-0000-c000-000000000000'),
  ])
  const grants = listOf(Math.floor(users / 10) + Math.floor(principals / 100), (i) => {
    const isForAll = i < Math.floor(principals / 100)
    return {
      id: uuidOf(9, i),
      clientId: uuidOf(PRINCIPAL, (i * 7) % principals),
      consentType: isForAll ? 'AllPrincipals' : 'Principal',
      principalId: isForAll ? null : uuidOf(USER, (i * 10) % users),
      resourceId: i % 2 === 0 ? arm : graph,
      scope: i % 2 === 0 ? 'user_impersonation' : 'User.Read Application.ReadWrite.All Group.ReadWrite.All',
    }
  })
  files.json('oauth2-permission-grants.json', { value: grants })
}

const groupScope = (name: string) => `/providers/${TYPE}/${name}`

function writeHierarchy(files: EstateFiles, subscriptions: number): void {
  const id = (i: number) => uuidOf(SUBSCRIPTION, i)
  files.json(
    'account-list.json',
    listOf(subscriptions, (i) => ({
      cloudName: 'AzureCloud',
      homeTenantId: TENANT,
      id: id(i),
      isDefault: i === 0,
      managedByTenants: [],
      name: `subscription-${i}`,
      state: 'Enabled',
      tenantId: TENANT,
      user: { name: 'export@contoso.example', type: 'user' },
    })),
  )
  const branches = Math.ceil(subscriptions / 50)
  const children = listOf(branches, (b) => ({
    id: groupScope(`branch-${b}`),
    name: `branch-${b}`,
    displayName: `branch-${b}`,
    type: TYPE,
    children: listOf(Math.min(50, subscriptions - b * 50), (k) => ({
      children: null,
      displayName: `subscription-${b * 50 + k}`,
      id: `/subscriptions/${id(b * 50 + k)}`,
      name: id(b * 50 + k),
      type: '/subscriptions',
    })),
  }))
  const root = { id: groupScope(TENANT), name: TENANT, displayName: 'Tenant Root Group', type: TYPE }
  files.json('management-groups.json', { ...root, tenantId: TENANT, children })
}

/** Forty assignments: on the subscription, on resource groups, on resources; and those of its management group. */
function writeSubscription(
  files: EstateFiles,
  i: number,
  of: { readonly users: number; readonly groups: number; readonly principals: number },
): void {
  const id = uuidOf(SUBSCRIPTION, i)
  const here = `/subscriptions/${id}`
  const resources = listOf(50, (k) => {
    const type = RESOURCES[k % RESOURCES.length] ?? ''
    const resourceGroup = `rg-${k % 5}`
    const name = `r${i}x${k}`
    return {
      id: `${here}/resourceGroups/${resourceGroup}/providers/${type}/${name}`,
      identity: null,
      location: 'westeurope',
      name,
      resourceGroup,
      tags: { environment: i % 3 === 0 ? 'prod' : 'dev' },
      type,
    }
  })
  files.json(`subscriptions/${id}/resource-list.json`, resources)
  const row = (scope: string, key: number) => {
    const role = files.pick(published.roles)
    const draw = files.below(10)
    const [principalType, principalId] =
      draw < 6
        ? ['Group', uuidOf(GROUP, files.below(of.groups))]
        : draw < 7
          ? ['User', uuidOf(USER, files.below(of.users))]
          : ['ServicePrincipal', uuidOf(PRINCIPAL, files.below(of.principals))]
    const name = uuidOf(ASSIGNMENT, key)
    return {
      condition: null,
      conditionVersion: null,
      id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      name,
      principalId,
      principalType,
      roleDefinitionId: `${here}/providers/Microsoft.Authorization/roleDefinitions/${role.name}`,
      roleDefinitionName: role.roleName,
      scope,
      type: 'Microsoft.Authorization/roleAssignments',
    }
  }
  files.json(
    `subscriptions/${id}/role-assignment-list.json`,
    listOf(40, (k) => {
      const scope =
        k < 8
          ? here
          : k < 28
            ? `${here}/resourceGroups/rg-${k % 5}`
            : (resources[files.below(50)]?.id ?? here)
      return row(scope, i * 40 + k)
    }),
  )
}

function writeDirectoryRoles(files: EstateFiles, users: number): void {
  const context = 'https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory'
  const roles = [
    ['Global Administrator', GLOBAL_ADMINISTRATOR],
    ['Global Reader', GLOBAL_READER],
  ] as const
  files.json('directory-role-definitions.json', {
    '@odata.context': `${context}/roleDefinitions`,
    value: roles.map(([displayName, id]) => ({
      id,
      displayName,
      isBuiltIn: true,
      isEnabled: true,
      templateId: id,
    })),
  })
  files.json('directory-role-assignments.json', {
    '@odata.context': `${context}/roleAssignments`,
    value: listOf(200, (i) => ({
      id: `assignment${i}-1`,
      principalId: uuidOf(USER, files.below(users)),
      directoryScopeId: '/',
      roleDefinitionId: i < 5 ? GLOBAL_ADMINISTRATOR : GLOBAL_READER,
    })),
  })
}
