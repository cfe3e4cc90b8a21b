/** What Azure and Entra exports can be: kind → title and the read-only command that produces it. */
export const AZURE_KINDS = {
  'azure.role-assignments': { title: 'role assignments', command: 'az role assignment list --all -o json' },
  'azure.role-definitions': { title: 'role definitions', command: 'az role definition list -o json' },
  'azure.deny-assignments': {
    title: 'deny assignments',
    command:
      'az rest --url "/subscriptions/ID/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01"',
  },
  'azure.lighthouse': {
    title: 'Lighthouse registrations',
    command: 'az managedservices assignment list --include-definition true -o json',
  },
  'azure.management-groups': {
    title: 'management groups',
    command: 'az account management-group show --name ID --expand --recurse -o json',
  },
  'azure.subscriptions': { title: 'subscriptions', command: 'az account list --all -o json' },
  'azure.resources': { title: 'resources', command: 'az resource list -o json' },
  'azure.users': { title: 'users', command: 'az ad user list -o json' },
  'azure.groups': { title: 'groups', command: 'az ad group list -o json' },
  'azure.group-members': {
    title: 'members of a group',
    command: 'az ad group member list --group ID -o json',
  },
  'azure.service-principals': { title: 'service principals', command: 'az ad sp list --all -o json' },
  'azure.applications': { title: 'applications', command: 'az ad app list --all -o json' },
  'azure.owners': {
    title: 'owners of an application or service principal',
    command: 'az ad app owner list --id ID -o json',
  },
  'azure.federated-credentials': {
    title: 'federated credentials of an application',
    command: 'az ad app federated-credential list --id ID -o json',
  },
  'azure.directory-role-assignments': {
    title: 'directory role assignments',
    command: 'az rest --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments',
  },
  'azure.directory-role-definitions': {
    title: 'directory role definitions',
    command: 'az rest --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleDefinitions',
  },
  'azure.app-role-assignments': {
    title: 'application permissions of Microsoft Graph',
    command: 'az rest --url https://graph.microsoft.com/v1.0/servicePrincipals/ID/appRoleAssignedTo',
  },
  'azure.delegated-permissions': {
    title: 'delegated permissions',
    command: 'az rest --url https://graph.microsoft.com/v1.0/oauth2PermissionGrants',
  },
  'azure.role-eligibilities': {
    title: 'eligible role assignments (PIM)',
    command:
      'az rest --url "/subscriptions/ID/providers/Microsoft.Authorization/roleEligibilityScheduleInstances?api-version=2020-10-01"',
  },
  'azure.directory-role-eligibilities': {
    title: 'eligible directory role assignments (PIM)',
    command:
      'az rest --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
  },
  'azure.group-eligibilities': {
    title: 'eligible members and owners of groups (PIM)',
    command:
      'az rest --url "https://graph.microsoft.com/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?\$filter=groupId eq \'ID\'"',
  },
  'azure.role-policies': {
    title: 'what activating a role asks for (PIM)',
    command:
      'az rest --url "/subscriptions/ID/providers/Microsoft.Authorization/roleManagementPolicyAssignments?api-version=2020-10-01"',
  },
  'azure.directory-role-policies': {
    title: 'what activating a directory role or membership asks for (PIM)',
    command:
      "az rest --url \"https://graph.microsoft.com/v1.0/policies/roleManagementPolicyAssignments?\$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&\$expand=policy(\$expand=rules)\"",
  },
  'azure.administrative-units': {
    title: 'administrative units',
    command: 'az rest --url https://graph.microsoft.com/v1.0/directory/administrativeUnits',
  },
  'azure.administrative-unit-members': {
    title: 'members of administrative units',
    command: 'az rest --url https://graph.microsoft.com/v1.0/directory/administrativeUnits/ID/members',
  },
  'azure.coverage': { title: 'what was asked', command: 'gomeisa collect azure' },
  'azure.azurehound': { title: 'AzureHound collection', command: 'azurehound list -o azurehound.json' },
} as const
