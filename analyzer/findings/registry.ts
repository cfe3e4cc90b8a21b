import type { FindingRule } from './rule.ts'
import { administratorWithoutMfa } from './rules/administrator-without-mfa.ts'
import { applicationWithClientSecret } from './rules/application-with-client-secret.ts'
import { basicRoleOnProject } from './rules/basic-role-on-project.ts'
import { crossEnvironmentTrust } from './rules/cross-environment-trust.ts'
import { externalTrustWithoutCondition } from './rules/external-trust-without-condition.ts'
import { guestWithPrivilegedRole } from './rules/guest-with-privileged-role.ts'
import { longLivedKeyOver90Days } from './rules/long-lived-key-over-90-days.ts'
import { openFederatedTrust } from './rules/open-federated-trust.ts'
import { ownerlessPrivilegedServicePrincipal } from './rules/ownerless-privileged-service-principal.ts'
import { publicAccess } from './rules/public-access.ts'
import { serviceAccountKeyHolder } from './rules/service-account-key-holder.ts'
import { standingAdministrator } from './rules/standing-administrator.ts'
import { unusedPrivilegedIdentity } from './rules/unused-privileged-identity.ts'
import { wildcardPassRole } from './rules/wildcard-pass-role.ts'

/** Every finding rule, in the order in which rules are shown. `docs/findings.md` describes each. */
export const FINDING_RULES: readonly FindingRule[] = [
  standingAdministrator,
  administratorWithoutMfa,
  unusedPrivilegedIdentity,
  openFederatedTrust,
  externalTrustWithoutCondition,
  publicAccess,
  wildcardPassRole,
  longLivedKeyOver90Days,
  crossEnvironmentTrust,
  basicRoleOnProject,
  serviceAccountKeyHolder,
  applicationWithClientSecret,
  guestWithPrivilegedRole,
  ownerlessPrivilegedServicePrincipal,
]
