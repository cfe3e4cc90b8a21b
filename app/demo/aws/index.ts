import type { DemoFile, Week } from '../demo-file.ts'
import { ACCOUNTS } from './accounts.ts'
import { authorizationDetailsFile } from './authorization-details.ts'
import { credentialReport } from './credential-report.ts'
import { identityCenterFiles } from './identity-center.ts'
import { inventoryFile } from './inventory.ts'
import { organizationFiles } from './organization.ts'
import { REFUSED_ACCOUNT, refusedFiles } from './refused.ts'
import { resourcePoliciesFile } from './resource-policies.ts'

/**
 * The AWS half of the export, below `aws/`.
 *
 * | file | command |
 * |---|---|
 * | accounts/ID/gaad.json | aws iam get-account-authorization-details |
 * | accounts/ID/credential-report.csv | aws iam get-credential-report, Content decoded from base64 |
 * | organizations/*.json | aws organizations describe-organization, list-roots, list-accounts, list-policies, describe-policy |
 * | organizations/calls.jsonl | …list-organizational-units-for-parent, list-accounts-for-parent, list-targets-for-policy |
 * | sso-admin/*.json | aws sso-admin list-instances, describe-permission-set, list-account-assignments |
 * | sso-admin/calls.jsonl | …list-managed-policies-in-permission-set, get-inline-policy-for-permission-set and so on |
 * | identitystore/*.json | aws identitystore list-users, list-groups, list-group-memberships |
 * | config/*.json | aws configservice select-aggregate-resource-config |
 * | resource-policies.jsonl | one line a resource: arn, type, policy |
 */
export function awsFiles(week: Week): DemoFile[] {
  const perAccount = ACCOUNTS.flatMap((account) =>
    account.name === REFUSED_ACCOUNT
      ? refusedFiles(account)
      : [authorizationDetailsFile(account, week), credentialReport(account, week)],
  )
  return [
    ...organizationFiles(),
    ...identityCenterFiles(week),
    ...perAccount,
    inventoryFile(),
    resourcePoliciesFile(),
  ]
}
