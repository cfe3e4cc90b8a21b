/**
 * A delegated permission of an API. An application that has it acts as the user who signs in to it, within what the permission
 * covers: never beyond the user's own rights, and never without a user.
 * https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview
 */
export interface DelegatedPermission {
  /** Client id of the API; the same in every tenant. */
  readonly api: string
  /** What people call the API. */
  readonly of: string
  readonly scope: string
  /** Whether it covers what a rule or technique stands for, when the user may do it. */
  readonly covers: (rule: string) => boolean
}

const CREDENTIALS = [
  'add-application-credential',
  'add-principal-credential',
  'application-owner',
  'service-principal-owner',
]
const APPLICATIONS = [...CREDENTIALS, 'own-application', 'own-principal']
const MEMBERS = ['add-member', 'add-security-member', 'add-unified-member', 'group-owner']
const GROUPS = [...MEMBERS, 'own-group', 'change-membership-rule']
const METHODS = ['reset-sign-in', 'add-access-pass']
const ROLES = ['directory-role', 'assign-directory-role']
const DIRECTORY = [...ROLES, ...APPLICATIONS, ...GROUPS, 'add-role-group-member', 'reset-password']

/** What reaches data takes a token for the API that holds it, not for Resource Manager. */
const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'
const VAULT_DATA = [
  'read-secret',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/setSecret/action',
]
const STORAGE_DATA = [`${BLOBS}/read`, `${BLOBS}/write`]
const NOT_MANAGEMENT: ReadonlySet<string> = new Set([
  ...DIRECTORY,
  ...METHODS,
  ...VAULT_DATA,
  ...STORAGE_DATA,
  'vm-admin-login',
  'vm-login',
  'cluster-pods',
])

const GRAPH = ['00000003-0000-0000-c000-000000000000', 'Microsoft Graph'] as const

/**
 * Delegated permissions of Microsoft Graph by what Microsoft documents of the calls behind each technique.
 * `AppRoleAssignment.ReadWrite.All`: in the name of who may consent to any of them, its rights over the directory.
 * https://learn.microsoft.com/graph/permissions-reference
 */
const OF_GRAPH: readonly (readonly [scope: string, rules: readonly string[]])[] = [
  ['RoleManagement.ReadWrite.Directory', ROLES],
  ['RoleAssignmentSchedule.ReadWrite.Directory', ROLES],
  ['RoleEligibilitySchedule.ReadWrite.Directory', ROLES],
  ['AppRoleAssignment.ReadWrite.All', ['directory-role']],
  ['Application.ReadWrite.All', CREDENTIALS],
  ['Group.ReadWrite.All', GROUPS],
  ['GroupMember.ReadWrite.All', MEMBERS],
  ['Directory.ReadWrite.All', [...APPLICATIONS, ...GROUPS]],
  ['Directory.AccessAsUser.All', DIRECTORY],
  ['UserAuthenticationMethod.ReadWrite.All', [...METHODS, 'reset-password']],
  ['UserAuthMethod-TAP.ReadWrite.All', ['add-access-pass']],
  ['User-PasswordProfile.ReadWrite.All', ['reset-password']],
]

/** Every delegated permission that is told. */
export const DELEGATED_PERMISSIONS: readonly DelegatedPermission[] = [
  {
    api: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    of: 'Azure Resource Manager',
    scope: 'user_impersonation',
    covers: (rule) => !NOT_MANAGEMENT.has(rule) && !rule.startsWith('graph-'),
  },
  only('cfa8b339-82a2-471a-a3c9-0fc0be7a4093', 'Azure Key Vault', 'user_impersonation', VAULT_DATA),
  only('e406a681-f3d4-42a8-90b6-c2b029497af1', 'Azure Storage', 'user_impersonation', STORAGE_DATA),
  ...OF_GRAPH.map(([scope, rules]) => only(...GRAPH, scope, rules)),
]

/** Whether a scope, in lower case, is one of these, for all that is known of its API: null is any. */
export function isTold(scope: string, api: string | null): boolean {
  return BY_SCOPE.get(scope)?.some((one) => api === null || one.api === api) === true
}

const BY_SCOPE: ReadonlyMap<string, readonly DelegatedPermission[]> = Map.groupBy(
  DELEGATED_PERMISSIONS,
  ({ scope }) => scope.toLowerCase(),
)

function only(api: string, of: string, scope: string, rules: readonly string[]): DelegatedPermission {
  const covered = new Set(rules)
  return { api, of, scope, covers: (rule) => covered.has(rule) }
}
