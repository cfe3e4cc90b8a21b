import type { Format } from '../../format.ts'
import { administrativeUnitMembers } from './administrative-unit-members.ts'
import { administrativeUnits } from './administrative-units.ts'
import { coverageManifest } from './coverage-manifest.ts'
import { directoryRoleEligibilities } from './directory-role-eligibilities.ts'
import { groupEligibilities } from './group-eligibilities.ts'
import { directoryRolePolicies } from './directory-role-policies.ts'
import { rolePolicies } from './role-policies.ts'
import { roleEligibilities } from './role-eligibilities.ts'
import { appRoleAssignments } from './app-role-assignments.ts'
import { delegatedPermissions } from './delegated-permissions.ts'
import { applications } from './applications.ts'
import { azurehound } from './azurehound.ts'
import { denyAssignments } from './deny-assignments.ts'
import { directoryRoleAssignments } from './directory-role-assignments.ts'
import { directoryRoleDefinitions } from './directory-role-definitions.ts'
import { federatedCredentials } from './federated-credentials.ts'
import { groupMembers } from './group-members.ts'
import { groups } from './groups.ts'
import { lighthouse } from './lighthouse.ts'
import { managementGroups } from './management-groups.ts'
import { owners } from './owners.ts'
import { resources } from './resources.ts'
import { roleAssignments } from './role-assignments.ts'
import { roleDefinitions } from './role-definitions.ts'
import { servicePrincipals } from './service-principals.ts'
import { subscriptions } from './subscriptions.ts'
import { users } from './users.ts'

/** The accepted files of Azure and Entra. The first that recognises a document takes it. */
export const AZURE_FORMATS: readonly Format[] = [
  coverageManifest,
  azurehound,
  roleEligibilities,
  directoryRoleEligibilities,
  groupEligibilities,
  rolePolicies,
  directoryRolePolicies,
  administrativeUnits,
  administrativeUnitMembers,
  roleAssignments,
  roleDefinitions,
  denyAssignments,
  lighthouse,
  managementGroups,
  subscriptions,
  directoryRoleAssignments,
  directoryRoleDefinitions,
  appRoleAssignments,
  delegatedPermissions,
  groupMembers,
  owners,
  federatedCredentials,
  users,
  groups,
  servicePrincipals,
  applications,
  resources,
]
