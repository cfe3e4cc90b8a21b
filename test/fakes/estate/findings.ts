import type { ApiEvidence, ApiFinding, ApiNodeRef, ApiSeverity } from '../../../app/server/api.ts'
import { proofs } from './evidence.ts'
import { nodes, scopes } from './nodes.ts'

const RULES = new Map<string, { readonly title: string; readonly severity: ApiSeverity }>([
  ['standing-administrator', { title: 'Standing administrator', severity: 'high' }],
  ['administrator-without-mfa', { title: 'Administrator without MFA', severity: 'critical' }],
  ['external-trust', { title: 'External trust without a condition', severity: 'high' }],
  ['wildcard-pass-role', { title: 'May pass any role', severity: 'critical' }],
  ['old-access-key', { title: 'Access key older than 90 days', severity: 'medium' }],
  ['basic-role', { title: 'Basic role on a project', severity: 'medium' }],
  ['privileged-guest', { title: 'Guest with a privileged role', severity: 'high' }],
  ['ownerless-application', { title: 'Privileged application nobody owns', severity: 'low' }],
])

let serial = 0

function finding(
  rule: string,
  subject: ApiNodeRef,
  says: string,
  evidence: ApiEvidence,
  remedy: ApiFinding['remedy'],
  more: Partial<Pick<ApiFinding, 'isNew' | 'assumes' | 'severity'>> = {},
): ApiFinding {
  serial += 1
  const row = RULES.get(rule)
  const assumes = more.assumes ?? []
  return {
    id: `f-${serial}`,
    rule,
    title: row?.title ?? rule,
    severity: more.severity ?? row?.severity ?? 'info',
    subject,
    scope: Object.values(scopes).find((scope) => scope.id === subject.scopeId) ?? null,
    says,
    confidence: assumes.length > 0 ? 'assumed' : 'certain',
    assumes,
    evidence: [evidence],
    remedy,
    isNew: more.isNew ?? false,
  }
}

const diff = (says: string, text: string): ApiFinding['remedy'] => ({ says, format: 'diff', text })
const command = (says: string, text: string): ApiFinding['remedy'] => ({ says, format: 'command', text })

export const findings: readonly ApiFinding[] = [
  finding(
    'wildcard-pass-role',
    nodes.ci,
    'ci-deploy may pass any role of platform-prod to any service, and so becomes lambda-release-runner',
    proofs.passRole,
    diff(
      'Name the one role that releases need, and the service that gets it.',
      ` {
   "Sid": "Release",
   "Effect": "Allow",
-  "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
-  "Resource": "*"
+  "Action": "iam:PassRole",
+  "Resource": "arn:aws:iam::310987654322:role/lambda-release-runner",
+  "Condition": { "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } }
 }`,
    ),
    { isNew: true },
  ),
  finding(
    'administrator-without-mfa',
    nodes.ana,
    'ana.kovacs administers 12 accounts and signs in with a password alone',
    proofs.administrator,
    command(
      'Give the user a security key, then require it.',
      'aws iam enable-mfa-device --user-name ana.kovacs --serial-number arn:aws:iam::100000000001:mfa/ana',
    ),
  ),
  finding(
    'external-trust',
    nodes.monitor,
    'Account 998877665544 may assume vendor-monitoring with no external id',
    proofs.vendorTrust,
    diff(
      'Require the external id that the vendor gave you.',
      ` {
   "Effect": "Allow",
   "Principal": { "AWS": "arn:aws:iam::998877665544:root" },
-  "Action": "sts:AssumeRole"
+  "Action": "sts:AssumeRole",
+  "Condition": { "StringEquals": { "sts:ExternalId": "REPLACE-WITH-VENDOR-ID" } }
 }`,
    ),
  ),
  finding(
    'standing-administrator',
    nodes.orgAdmin,
    'OrgAdmin is a standing administrator of the whole organization',
    proofs.administrator,
    command(
      'Detach the policy and hand the access out on request.',
      'aws iam detach-role-policy --role-name OrgAdmin --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    ),
  ),
  finding(
    'standing-administrator',
    nodes.ana,
    'ana.kovacs is a standing administrator of management',
    proofs.administrator,
    command(
      'Remove the user from the group.',
      'aws iam remove-user-from-group --user-name ana.kovacs --group-name administrators',
    ),
  ),
  finding(
    'privileged-guest',
    nodes.guest,
    'consultant@partner.example is Owner of corporate-it',
    proofs.appOwner,
    command(
      'Remove the assignment.',
      'az role assignment delete --assignee ext-31 --role Owner --scope /subscriptions/5f0e',
    ),
    { isNew: true },
  ),
  finding(
    'old-access-key',
    nodes.leaver,
    'm.ferrante has an access key that is 411 days old',
    proofs.key,
    command(
      'Deactivate the key, wait a week, delete it.',
      'aws iam update-access-key --user-name m.ferrante --access-key-id AKIAEXAMPLE7QXM --status Inactive',
    ),
    { assumes: ['The credential report is from the same day as the other exports.'] },
  ),
  finding(
    'basic-role',
    nodes.editor,
    '84311-compute@developer is Editor on warehouse-eu',
    proofs.appOwner,
    command(
      'Replace the basic role by the two that are used.',
      'gcloud projects remove-iam-policy-binding warehouse-eu --member=serviceAccount:84311-compute@developer.gserviceaccount.com --role=roles/editor',
    ),
  ),
  finding(
    'ownerless-application',
    nodes.servicePrincipal,
    'reporting-sync holds a privileged role and nobody owns it',
    proofs.appOwner,
    command('Name an owner.', 'az ad app owner add --id 77c0 --owner-object-id 4d2c'),
    { assumes: ['Application owners were exported for the whole tenant.'] },
  ),
  ...Array.from({ length: 64 }, (_, index) =>
    finding(
      'old-access-key',
      index % 2 === 0 ? nodes.leaver : nodes.joris,
      `Access key number ${index + 2} is older than 90 days`,
      proofs.key,
      command('Deactivate the key.', 'aws iam update-access-key --status Inactive'),
      { severity: index % 3 === 0 ? 'low' : 'medium' },
    ),
  ),
]
