/**
 * Built-in roles by the id that is the same in every tenant (Azure RBAC documentation, "Azure built-in roles"; Entra
 * documentation, "Microsoft Entra built-in roles"), for estates whose role definitions were not imported. Only edges
 * and facts use them; decisions stay unknown without the definition.
 */
const GRANT = 'Microsoft.Authorization/roleAssignments/write'
const RUN = [
  'Microsoft.Compute/virtualMachines/runCommand/action',
  'Microsoft.Compute/virtualMachines/extensions/write',
]
const CREDENTIALS = [
  'microsoft.directory/applications/credentials/update',
  'microsoft.directory/servicePrincipals/credentials/update',
]

const MEMBERS = ['microsoft.directory/groups/members/update', 'microsoft.directory/groups/owners/update']
const RULES = 'microsoft.directory/groups/dynamicMembershipRule/update'
const PASSWORD = 'microsoft.directory/users/password/update'
const METHODS = 'microsoft.directory/users/authenticationMethods/create'
const TEAMS = ['microsoft.directory/groups.unified/members/update']
const OWNERS = [
  'microsoft.directory/applications/owners/update',
  'microsoft.directory/servicePrincipals/owners/update',
]

const KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  // Global Administrator
  [
    '62e90394-69f5-4237-9190-012177145e10',
    [...CREDENTIALS, ...OWNERS, ...MEMBERS, ...TEAMS, RULES, PASSWORD, METHODS],
  ],
  // Owner, User Access Administrator, Role Based Access Control Administrator
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', [GRANT, ...RUN]],
  ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', [GRANT]],
  ['f58310d9-a9f6-439a-9e8d-f62e7b41a168', [GRANT]],
  // Contributor, Virtual Machine Contributor
  ['b24988ac-6180-42a0-ab88-20f7382dd24c', RUN],
  ['9980e02c-c2be-4d73-94e8-173b1dc7cf3c', RUN],
  // Application Administrator, Cloud Application Administrator, Hybrid Identity Administrator
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', [...CREDENTIALS, ...OWNERS]],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', [...CREDENTIALS, ...OWNERS]],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', CREDENTIALS],
  // User Administrator, Helpdesk Administrator, Password Administrator
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', [PASSWORD, ...MEMBERS, RULES]],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', [PASSWORD]],
  ['966707d0-3269-4727-9be2-8c3a10f19b9d', [PASSWORD]],
  // Authentication Administrator, Privileged Authentication Administrator
  ['c4e39bd9-1100-46d3-8c65-fb160da0071f', [PASSWORD, METHODS]],
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', [PASSWORD, METHODS]],
  // Groups Administrator, Directory Writers, Intune Administrator, Identity Governance Administrator
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', [...MEMBERS, RULES]],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', [...MEMBERS, RULES]],
  ['3a2c62db-5318-420d-8d74-23affee5d9d5', [...MEMBERS, RULES]],
  ['45d8d3c5-c802-45c6-b32a-1d70b5e1e86e', MEMBERS.slice(0, 1)],
  // Teams Administrator, Exchange Administrator, SharePoint Administrator
  ['69091246-20e8-4a56-aa4d-066075b2a7a8', TEAMS],
  ['29232cdf-9323-42fd-ade2-1d097af3e4de', TEAMS],
  ['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', TEAMS],
])

export function isKnownToContain(role: string, action: string): boolean {
  return KNOWN.get(role)?.includes(action) === true
}

/** The directory role that has every right in the directory. */
export const GLOBAL_ADMINISTRATOR: ReadonlyMap<string, string> = new Map([
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
])

/** Directory roles that can give anybody any directory role: Global Administrator, Privileged Role Administrator. */
export const DIRECTORY_ADMINISTRATORS: ReadonlyMap<string, string> = new Map([
  ...GLOBAL_ADMINISTRATOR,
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator'],
])

/** Directory roles that reach far without being one of those: they reset, add credentials or change how all sign in. */
export const DIRECTORY_PRIVILEGED: ReadonlyMap<string, string> = new Map([
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'Privileged Authentication Administrator'],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator'],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', 'Hybrid Identity Administrator'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator'],
  ['c4e39bd9-1100-46d3-8c65-fb160da0071f', 'Authentication Administrator'],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator'],
  ['966707d0-3269-4727-9be2-8c3a10f19b9d', 'Password Administrator'],
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', 'Groups Administrator'],
  ['b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', 'Conditional Access Administrator'],
  ['8329153b-31d0-4727-b945-745eb3bc5f31', 'Domain Name Administrator'],
  ['be2f45a1-457d-42af-a067-6ec1fa63bc45', 'External Identity Provider Administrator'],
  ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator'],
  ['3a2c62db-5318-420d-8d74-23affee5d9d5', 'Intune Administrator'],
  ['29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator'],
  ['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', 'SharePoint Administrator'],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers'],
  ['e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8', 'Partner Tier2 Support'],
])
