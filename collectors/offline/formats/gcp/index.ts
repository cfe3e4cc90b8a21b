import type { Format } from '../../format.ts'
import { assets } from './assets.ts'
import { boundaryPolicies } from './boundary-policies.ts'
import { coverageManifest } from './coverage-manifest.ts'
import { denyPolicies } from './deny-policies.ts'
import { entitlements } from './entitlements.ts'
import { folders } from './folders.ts'
import { groupMemberships } from './group-memberships.ts'
import { iamPolicies } from './iam-policies.ts'
import { organizations } from './organizations.ts'
import { policyBindings } from './policy-bindings.ts'
import { projects } from './projects.ts'
import { roles } from './roles.ts'

/** The accepted files of GCP. The first that recognises a document takes it. */
export const GCP_FORMATS: readonly Format[] = [
  coverageManifest,
  assets,
  iamPolicies,
  denyPolicies,
  boundaryPolicies,
  policyBindings,
  entitlements,
  groupMemberships,
  projects,
  folders,
  organizations,
  roles,
]
