import type { Format } from '../../format.ts'
import { accountAuthorizationDetails } from './account-authorization-details.ts'
import { accounts, accountsForParent } from './accounts.ts'
import { answers, usage } from './answers.ts'
import { configResources } from './config-resources.ts'
import { coverageManifest } from './coverage-manifest.ts'
import { credentialReport } from './credential-report.ts'
import { identityStoreGroups, identityStoreMemberships, identityStoreUsers } from './identity-store.ts'
import { organization } from './organization.ts'
import { organizationPolicies, policiesForTarget } from './organization-policies.ts'
import { organizationPolicy } from './organization-policy.ts'
import { organizationRoots } from './organization-roots.ts'
import { organizationTree } from './organization-tree.ts'
import { organizationalUnits } from './organizational-units.ts'
import {
  accountAssignments,
  permissionSet,
  permissionSetInlinePolicy,
  permissionSetManagedPolicies,
  ssoInstances,
} from './permission-sets.ts'
import { policyTargets } from './policy-targets.ts'
import { resourcePolicies } from './resource-policies.ts'

/** In the order in which they are asked: where the name of a call begins like another, the longer one comes first. */
export const AWS_FORMATS: readonly Format[] = [
  answers,
  usage,
  coverageManifest,
  accountAuthorizationDetails,
  resourcePolicies,
  configResources,
  credentialReport,
  organizationTree,
  organization,
  organizationRoots,
  organizationalUnits,
  accountsForParent,
  accounts,
  organizationPolicy,
  policiesForTarget,
  policyTargets,
  organizationPolicies,
  ssoInstances,
  permissionSetInlinePolicy,
  permissionSetManagedPolicies,
  permissionSet,
  accountAssignments,
  identityStoreMemberships,
  identityStoreUsers,
  identityStoreGroups,
]
