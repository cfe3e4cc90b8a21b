/** What it takes to run a VM as a service account. */
const RUNS_VMS: readonly string[] = [
  'iam.serviceAccounts.actAs',
  'compute.instances.create',
  'compute.disks.create',
  'compute.subnetworks.use',
  'compute.instances.setMetadata',
  'compute.instances.setServiceAccount',
]

/**
 * Permissions that predefined roles are known to contain (IAM documentation, "IAM roles and permissions index"), for
 * estates whose role definitions were not imported: few, and only those that edges and facts are made of. Decisions do
 * not use them: they stay unknown without the definition.
 */
const OWNER: readonly string[] = [
  'resourcemanager.projects.setIamPolicy',
  'resourcemanager.folders.setIamPolicy',
  'resourcemanager.organizations.setIamPolicy',
  'iam.serviceAccounts.setIamPolicy',
  'iam.serviceAccounts.actAs',
  'iam.serviceAccountKeys.create',
]

const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'roles/owner': OWNER,
    'roles/editor': RUNS_VMS,
    'roles/resourcemanager.projectIamAdmin': ['resourcemanager.projects.setIamPolicy'],
    'roles/resourcemanager.folderAdmin': [
      'resourcemanager.folders.setIamPolicy',
      'resourcemanager.projects.setIamPolicy',
    ],
    'roles/resourcemanager.folderIamAdmin': ['resourcemanager.folders.setIamPolicy'],
    'roles/resourcemanager.organizationAdmin': [
      'resourcemanager.organizations.setIamPolicy',
      'resourcemanager.folders.setIamPolicy',
      'resourcemanager.projects.setIamPolicy',
    ],
    'roles/iam.securityAdmin': [...OWNER.slice(0, 4)],
    'roles/iam.serviceAccountTokenCreator': [
      'iam.serviceAccounts.implicitDelegation',
      'iam.serviceAccounts.getAccessToken',
      'iam.serviceAccounts.signJwt',
      'iam.serviceAccounts.signBlob',
    ],
    'roles/iam.workloadIdentityUser': ['iam.serviceAccounts.getAccessToken'],
    'roles/iam.serviceAccountKeyAdmin': ['iam.serviceAccountKeys.create'],
    'roles/iam.serviceAccountAdmin': ['iam.serviceAccounts.setIamPolicy'],
    'roles/iam.serviceAccountUser': ['iam.serviceAccounts.actAs'],
  }).map(([role, permissions]) => [role, new Set(permissions)]),
)

export function isKnownToContain(role: string, permission: string): boolean {
  return KNOWN.get(role)?.has(permission) === true
}
