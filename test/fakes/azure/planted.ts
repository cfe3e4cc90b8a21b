/** What is in the fake tenant. Ids are GUIDs as Azure writes them. */
export const TENANT = id(1, 0)
export const SECRET = 'hunter2-never-kept'

export function id(kind: number, n: number): string {
  return `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`
}

const count = <T>(n: number, make: (i: number) => T): readonly T[] =>
  Array.from({ length: n }, (_, i) => make(i))
const ROLES = '/providers/Microsoft.Authorization/roleDefinitions/'

export const SUBSCRIPTIONS = count(6, (i) => ({
  id: `/subscriptions/${id(2, i)}`,
  subscriptionId: id(2, i),
  displayName: `sub${i}`,
  state: 'Enabled',
  tenantId: TENANT,
}))

const group = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`
/** Below the root stands one group with all subscriptions but the last. */
export const MANAGEMENT_GROUP = {
  id: group(TENANT),
  type: 'Microsoft.Management/managementGroups',
  name: TENANT,
  properties: {
    tenantId: TENANT,
    displayName: 'root',
    details: {},
    children: [
      {
        id: group('work'),
        type: 'Microsoft.Management/managementGroups',
        name: 'work',
        displayName: 'work',
        children: SUBSCRIPTIONS.slice(0, 5).map(below),
      },
      ...SUBSCRIPTIONS.slice(5).map(below),
    ],
  },
}

function below({ id: at, subscriptionId, displayName }: (typeof SUBSCRIPTIONS)[number]): object {
  return { id: at, type: '/subscriptions', name: subscriptionId, displayName }
}

const definition = (n: number, roleName: string, type: string, actions: readonly string[]) => ({
  id: `${ROLES}${id(3, n)}`,
  type: 'Microsoft.Authorization/roleDefinitions',
  name: id(3, n),
  properties: {
    roleName,
    type,
    assignableScopes: ['/'],
    permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
  },
})
export const BUILT_IN = [
  definition(0, 'Owner', 'BuiltInRole', ['*']),
  definition(1, 'Reader', 'BuiltInRole', ['*/read']),
]
export const CUSTOM = definition(2, 'Restarter', 'CustomRole', [
  'Microsoft.Compute/virtualMachines/restart/action',
])

const user = (n: number) => id(4, n)
const assigned = (n: number, type: string, scope: string, role: number, principalId: string) => ({
  id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/${type}/${id(5, n)}`,
  type: `Microsoft.Authorization/${type}`,
  name: id(5, n),
  properties: {
    roleDefinitionId: `${ROLES}${id(3, role)}`,
    principalId,
    principalType: 'User',
    scope,
    condition: null,
    conditionVersion: null,
    createdBy: user(0),
  },
})
export const ASSIGNMENTS = [
  assigned(0, 'roleAssignments', '/', 1, user(0)),
  assigned(1, 'roleAssignments', group('work'), 1, user(1)),
  ...SUBSCRIPTIONS.map((at, i) => assigned(10 + i, 'roleAssignments', at.id, 0, user(2 + i))),
]
/** Of the first subscription the user 20 may become the owner. */
export const ELIGIBLE = [
  assigned(90, 'roleEligibilityScheduleInstances', `/subscriptions/${id(2, 0)}`, 0, user(20)),
]
/** Notifications are asked and not kept. */
const rules = (kind: string, approver: object) => [
  { id: 'Enablement_EndUser_Assignment', [kind]: 'EnablementRule', enabledRules: ['Justification'] },
  { id: 'Expiration_EndUser_Assignment', [kind]: 'ExpirationRule', maximumDuration: 'PT4H' },
  {
    id: 'Approval_EndUser_Assignment',
    [kind]: 'ApprovalRule',
    setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [approver] }] },
  },
  { id: 'Expiration_Admin_Eligibility', [kind]: 'ExpirationRule', maximumDuration: 'P365D' },
  {
    id: 'Notification_Approver_EndUser_Assignment',
    [kind]: 'NotificationRule',
    notificationRecipients: [SECRET],
  },
]
/** What becoming the owner of the first subscription asks for. */
export const POLICIES = [
  {
    id: `/subscriptions/${id(2, 0)}/providers/Microsoft.Authorization/roleManagementPolicyAssignments/p_0`,
    type: 'Microsoft.Authorization/roleManagementPolicyAssignments',
    name: 'p_0',
    properties: {
      scope: `/subscriptions/${id(2, 0)}`,
      roleDefinitionId: `${ROLES}${id(3, 0)}`,
      policyId: `/subscriptions/${id(2, 0)}/providers/Microsoft.Authorization/roleManagementPolicies/p`,
      effectiveRules: rules('ruleType', { id: user(21), userType: 'User' }),
    },
  },
]
export const DENIALS = [
  {
    id: `/subscriptions/${id(2, 1)}/providers/Microsoft.Authorization/denyAssignments/${id(6, 0)}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name: id(6, 0),
    properties: {
      denyAssignmentName: 'no restarts',
      permissions: [{ actions: ['Microsoft.Compute/virtualMachines/restart/action'], notActions: [] }],
      scope: `/subscriptions/${id(2, 1)}`,
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excludePrincipals: [],
    },
  },
]

export const USERS = count(25, (i) => ({
  id: user(i),
  displayName: `User ${i}`,
  userPrincipalName: `user${i}@example.com`,
  mail: `user${i}@example.com`,
  userType: 'Member',
  accountEnabled: true,
}))
export const GROUPS = count(7, (i) => ({
  id: id(7, i),
  displayName: `group${i}`,
  securityEnabled: true,
  groupTypes: i === 6 ? ['DynamicMembership'] : [],
  isAssignableToRole: i === 1,
  onPremisesSyncEnabled: null,
}))
/** Each group holds seven users; the last group none. Group 0 holds a service principal, too. */
export const MEMBERS = new Map(
  GROUPS.map(({ id: of }, i) => [
    of,
    i === 6
      ? []
      : [
          ...USERS.slice(i, i + 7).map((each) => ({
            '@odata.type': '#microsoft.graph.user',
            id: each.id,
            displayName: each.displayName,
            userPrincipalName: each.userPrincipalName,
          })),
          ...(i === 0
            ? [{ '@odata.type': '#microsoft.graph.servicePrincipal', id: id(8, 0), displayName: 'app0' }]
            : []),
        ],
  ]),
)
const key = {
  keyId: id(9, 0),
  displayName: 'secret',
  startDateTime: '2026-01-01T00:00:00Z',
  endDateTime: '2027-01-01T00:00:00Z',
}
export const APPLICATIONS = count(4, (i) => ({
  id: id(10, i),
  appId: id(11, i),
  displayName: `app${i}`,
  signInAudience: 'AzureADMyOrg',
  keyCredentials: [],
  passwordCredentials: [{ ...key, hint: SECRET, secretText: SECRET }],
}))
export const PRINCIPALS = APPLICATIONS.map(({ appId, displayName }, i) => ({
  id: id(8, i),
  appId,
  displayName,
  servicePrincipalType: 'Application',
  appOwnerOrganizationId: TENANT,
  accountEnabled: true,
  servicePrincipalNames: [appId],
  alternativeNames: [],
  keyCredentials: [{ ...key, key: SECRET, customKeyIdentifier: SECRET }],
  passwordCredentials: [],
}))
export const IDENTITY = `/subscriptions/${id(2, 0)}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deployer`
export const RESOURCES = [
  ...count(7, (i) => ({
    id: `/subscriptions/${id(2, i % 6)}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm${i}`,
    name: `vm${i}`,
    type: 'microsoft.compute/virtualmachines',
    identity: null,
    tags: null,
    principalId: '',
    clientId: '',
    properties: { osProfile: { customData: SECRET } },
  })),
  {
    id: IDENTITY,
    name: 'deployer',
    type: 'microsoft.managedidentity/userassignedidentities',
    identity: null,
    tags: null,
    principalId: id(8, 90),
    clientId: id(11, 90),
  },
]
const services = (type: string, n: number, properties: object) => ({
  id: `/subscriptions/${id(2, 0)}/providers/Microsoft.ManagedServices/${type}/${id(14, n)}`,
  name: id(14, n),
  type: `microsoft.managedservices/${type.toLowerCase()}`,
  properties,
})
const DEFINITION = services('registrationDefinitions', 0, {
  registrationDefinitionName: 'operations',
  description: SECRET,
  managedByTenantId: id(1, 9),
  managedByTenantName: 'Contoso',
  provisioningState: 'Succeeded',
  authorizations: [
    { principalId: id(15, 0), principalIdDisplayName: 'Contoso operators', roleDefinitionId: id(3, 1) },
  ],
  eligibleAuthorizations: null,
})
/** By Azure Lighthouse another tenant reads the first subscription. */
export const LIGHTHOUSE = [
  DEFINITION,
  services('registrationAssignments', 1, {
    registrationDefinitionId: DEFINITION.id,
    provisioningState: 'Succeeded',
  }),
]
export const DIRECTORY_ROLE = {
  id: id(12, 0),
  templateId: id(12, 0),
  displayName: 'User Administrator',
  isBuiltIn: true,
  isEnabled: true,
  rolePermissions: [
    { allowedResourceActions: ['microsoft.directory/users/password/update'], condition: null },
  ],
}
export const UNIT = { id: id(13, 0), displayName: 'Berlin', isMemberManagementRestricted: false }
/** User 20 administers the users of the unit: 21, 22, 23. */
export const UNIT_MEMBERS = USERS.slice(21, 24).map((each) => ({
  '@odata.type': '#microsoft.graph.user',
  id: each.id,
  displayName: each.displayName,
  userPrincipalName: each.userPrincipalName,
}))
export const DIRECTORY_ASSIGNMENTS = [
  {
    id: 'unit-assignment',
    roleDefinitionId: id(12, 0),
    principalId: user(20),
    directoryScopeId: `/administrativeUnits/${id(13, 0)}`,
  },
]
/** Application 0 acts for everybody, application 1 for user 20. */
export const DELEGATED = [
  { id: 'for-all', clientId: PRINCIPALS[0]?.id, consentType: 'AllPrincipals', principalId: null },
  { id: 'for-one', clientId: PRINCIPALS[1]?.id, consentType: 'Principal', principalId: user(20) },
].map((grant) => ({ ...grant, resourceId: id(14, 0), scope: 'User.Read Directory.AccessAsUser.All' }))
export const DIRECTORY_ELIGIBLE = [
  {
    id: 'directory-eligible',
    roleDefinitionId: id(12, 0),
    principalId: user(19),
    directoryScopeId: '/',
    roleEligibilityScheduleId: 's',
    memberType: 'Direct',
  },
]
export const DIRECTORY_POLICIES = [
  {
    id: 'directory-policy',
    policyId: 'd',
    scopeId: '/',
    scopeType: 'DirectoryRole',
    roleDefinitionId: id(12, 0),
    policy: { id: 'd', rules: rules('@odata.type', { userId: user(22) }) },
  },
]
export const GROUP_POLICIES = [
  {
    id: 'group-policy',
    policyId: 'g',
    scopeId: id(7, 1),
    scopeType: 'Group',
    roleDefinitionId: 'member',
    policy: { id: 'g', rules: rules('@odata.type', { groupId: id(7, 0) }) },
  },
]
export const GROUP_ELIGIBLE = [
  {
    id: 'group-eligible',
    groupId: id(7, 1),
    principalId: user(18),
    accessId: 'member',
    memberType: 'direct',
  },
]
