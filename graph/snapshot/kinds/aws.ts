/** What AWS exports can be: kind → title and the read-only command that produces it. */
export const AWS_KINDS = {
  'aws.account-authorization-details': {
    title: 'IAM users, groups, roles and policies',
    command: 'aws iam get-account-authorization-details',
  },
  'aws.credential-report': {
    title: 'IAM credential report',
    command: 'aws iam get-credential-report --query Content --output text | base64 -d',
  },
  'aws.organization': { title: 'organization', command: 'aws organizations describe-organization' },
  'aws.organization-roots': { title: 'organization roots', command: 'aws organizations list-roots' },
  'aws.organizational-units': {
    title: 'organizational units of a parent',
    command: 'aws organizations list-organizational-units-for-parent --parent-id ID',
  },
  'aws.accounts': { title: 'accounts', command: 'aws organizations list-accounts' },
  'aws.accounts-for-parent': {
    title: 'accounts of a parent',
    command: 'aws organizations list-accounts-for-parent --parent-id ID',
  },
  'aws.organization-policy': {
    title: 'service or resource control policy',
    command: 'aws organizations describe-policy --policy-id ID',
  },
  'aws.organization-policies': {
    title: 'list of service or resource control policies',
    command: 'aws organizations list-policies --filter SERVICE_CONTROL_POLICY',
  },
  'aws.policy-targets': {
    title: 'targets of a control policy',
    command: 'aws organizations list-targets-for-policy --policy-id ID',
  },
  'aws.policies-for-target': {
    title: 'control policies of a target',
    command: 'aws organizations list-policies-for-target --target-id ID --filter SERVICE_CONTROL_POLICY',
  },
  'aws.organization-tree': {
    title: 'whole organization in one file (accounts, units, control policies)',
    command: 'documented in docs/import.md',
  },
  'aws.resource-policies': {
    title: 'resource policies',
    command: 'JSON Lines of {"arn", "type", "policy"}, documented in docs/import.md',
  },
  'aws.answers': {
    title: 'answers about resources, workloads and providers',
    command: 'gomeisa collect aws',
  },
  'aws.usage': { title: 'last use of actions', command: 'gomeisa collect aws' },
  'aws.coverage': { title: 'what was asked', command: 'gomeisa collect aws' },
  'aws.config-resources': {
    title: 'AWS Config resources',
    command: 'aws configservice select-aggregate-resource-config …',
  },
  'aws.sso-instances': { title: 'Identity Center instances', command: 'aws sso-admin list-instances' },
  'aws.permission-set': {
    title: 'Identity Center permission set',
    command: 'aws sso-admin describe-permission-set …',
  },
  'aws.permission-set-inline-policy': {
    title: 'inline policy of a permission set',
    command: 'aws sso-admin get-inline-policy-for-permission-set …',
  },
  'aws.permission-set-managed-policies': {
    title: 'managed policies of a permission set',
    command: 'aws sso-admin list-managed-policies-in-permission-set …',
  },
  'aws.account-assignments': {
    title: 'Identity Center account assignments',
    command: 'aws sso-admin list-account-assignments …',
  },
  'aws.identity-store-users': { title: 'Identity Center users', command: 'aws identitystore list-users …' },
  'aws.identity-store-groups': {
    title: 'Identity Center groups',
    command: 'aws identitystore list-groups …',
  },
  'aws.identity-store-memberships': {
    title: 'Identity Center group members',
    command: 'aws identitystore list-group-memberships …',
  },
} as const
