import type { DemoFile, Week } from '../demo-file.ts'
import { applicationFiles } from './application-files.ts'
import { denyAssignmentsFile } from './deny-assignments.ts'
import { groupFiles } from './directory-groups.ts'
import { directoryRoleFiles } from './directory-roles.ts'
import { usersFile } from './directory-users.ts'
import { resourceFiles } from './resources.ts'
import { roleAssignmentFiles } from './role-assignments.ts'
import { roleDefinitionsFile } from './role-definitions.ts'
import { hierarchyFiles } from './subscriptions.ts'

/**
 * The Azure half of the export, below `azure/`.
 *
 * | file | command |
 * |---|---|
 * | account-list.json | az account list |
 * | management-group-*.json | az account management-group list; show --name TENANT --expand --recurse |
 * | subscriptions/ID/role-assignment-list.json | az role assignment list --all --subscription ID |
 * | subscriptions/ID/resource-list.json | az resource list --subscription ID |
 * | role-definition-list.json | az role definition list |
 * | deny-assignments-*.json | az rest …/denyAssignments |
 * | graph-users.json | az rest https://graph.microsoft.com/v1.0/users?$select=… |
 * | ad-group-list.json, ad-group-members.jsonl | az ad group list; az ad group member list of each |
 * | ad-app-list.json, ad-sp-list.json | az ad app list --all; az ad sp list --all |
 * | ad-*-owners.jsonl, ad-app-federated-credentials.jsonl | az ad app owner list and so on, of each |
 * | directory-role-*.json | az rest …/roleManagement/directory/roleDefinitions and roleAssignments |
 */
export function azureFiles(week: Week): DemoFile[] {
  return [
    ...hierarchyFiles(),
    ...roleAssignmentFiles(),
    roleDefinitionsFile(),
    denyAssignmentsFile(),
    ...resourceFiles(),
    usersFile(week),
    ...groupFiles(),
    ...applicationFiles(),
    ...directoryRoleFiles(),
  ]
}
