import type { Gap } from '../../../../graph/index.ts'

/** What an export of AWS should hold, and what cannot be known without it. */
export interface AwsCoverage {
  /** `Gap.what`. */
  readonly what: string
  readonly consequence: string
  /** The read-only command. */
  readonly remedy: string
  /** API operations that give it. */
  readonly operations: readonly string[]
}

const ROWS = [
  {
    what: 'account-authorization-details',
    consequence: 'users, groups, roles and policies of the account are not known',
    remedy: 'aws iam get-account-authorization-details',
    operations: ['GetAccountAuthorizationDetails'],
  },
  {
    what: 'credential-report',
    consequence: 'access keys, passwords and MFA of the account, its root user included, are not known',
    remedy:
      'aws iam generate-credential-report; aws iam get-credential-report --query Content --output text | base64 -d',
    operations: ['GenerateCredentialReport', 'GetCredentialReport'],
  },
  {
    what: 'service-control-policies',
    consequence:
      'service control policies are not known: what seems allowed may be denied by the organization',
    remedy:
      'aws organizations describe-organization, and the listings of units, accounts, policies and targets in docs/import.md',
    operations: [
      'DescribeOrganization',
      'ListRoots',
      'ListOrganizationalUnitsForParent',
      'ListAccountsForParent',
      'ListAccounts',
      'ListPolicies',
      'DescribePolicy',
      'ListTargetsForPolicy',
      'ListPoliciesForTarget',
    ],
  },
  {
    what: 'resource-control-policies',
    consequence:
      'resource control policies are not known: what seems allowed may be denied by the organization',
    remedy:
      'aws organizations list-policies --filter RESOURCE_CONTROL_POLICY, and as for service control policies',
    operations: [],
  },
  {
    what: 'resource-policies',
    consequence: 'policies of buckets, keys, queues and the like are not known: others may be let in by them',
    remedy:
      'aws configservice select-aggregate-resource-config, or resource policies as JSON Lines (docs/import.md)',
    operations: ['SelectAggregateResourceConfig', 'SelectResourceConfig', 'GetBucketPolicy', 'GetKeyPolicy'],
  },
  {
    what: 'resource-shares',
    consequence:
      'what the account shares (Resource Access Manager) is not all known: others may be let in by it',
    remedy: 'gomeisa collect aws, or the answers of aws ram as JSON Lines (docs/import.md)',
    operations: [
      'GetResourceShares',
      'GetResourceShareAssociations',
      'ListResources',
      'ListPermissionAssociations',
      'GetPermission',
    ],
  },
  {
    what: 'identity-center-assignments',
    consequence: 'people who enter the account through Identity Center are not known',
    remedy: 'aws sso-admin list-account-assignments for each account and permission set (docs/import.md)',
    operations: [
      'ListInstances',
      'ListPermissionSets',
      'DescribePermissionSet',
      'ListAccountAssignments',
      'ListManagedPoliciesInPermissionSet',
      'GetInlinePolicyForPermissionSet',
    ],
  },
  {
    what: 'identity-center-members',
    consequence: 'names and group memberships of people in Identity Center are not known',
    remedy: 'aws identitystore list-users, list-groups and list-group-memberships (docs/import.md)',
    operations: ['ListUsers', 'ListGroups', 'ListGroupMemberships'],
  },
  {
    what: 'identity-providers',
    consequence: 'identity providers that can enter the account (OIDC, SAML) are not all known',
    remedy: 'gomeisa collect aws',
    operations: ['ListOpenIDConnectProviders', 'GetOpenIDConnectProvider', 'ListSAMLProviders'],
  },
  {
    what: 'workloads',
    consequence: 'what runs with the roles of the account is not all known: whoever changes it has the role',
    remedy: 'gomeisa collect aws',
    operations: ['ListInstanceProfiles', 'DescribeInstances', 'ListFunctions'],
  },
  {
    what: 'usage',
    consequence: 'when permissions were last used is not known',
    remedy: 'gomeisa collect aws',
    operations: ['GenerateServiceLastAccessedDetails', 'GetServiceLastAccessedDetails'],
  },
  {
    what: 'delegated-administrators',
    consequence:
      'which accounts administer the organization on behalf of its management account is not known',
    remedy: 'gomeisa collect aws, as the management account or a delegated administrator',
    operations: ['ListDelegatedAdministrators', 'DescribeResourcePolicy'],
  },
  {
    what: 'regions',
    consequence: 'resources of the other regions of the account are not known',
    remedy: 'gomeisa collect aws without --regions',
    operations: ['DescribeRegions'],
  },
  {
    what: 'account',
    consequence: 'nothing of the account is known',
    remedy: 'make the role in this account, and let the collector take it (docs/collect.md)',
    operations: ['AssumeRole'],
  },
] as const satisfies readonly AwsCoverage[]

export type AwsCoverageKey = (typeof ROWS)[number]['what']

const TABLE = new Map<string, AwsCoverage>(ROWS.map((row) => [row.what, row]))

/** The coverage row that an API operation belongs to; an operation that is in none stands for itself. */
export function coveredBy(operation: string): AwsCoverage {
  return (
    ROWS.find((row) => (row.operations as readonly string[]).includes(operation)) ?? {
      what: operation,
      consequence: `what ${operation} tells is not known`,
      remedy: `call ${operation} again`,
      operations: [operation],
    }
  )
}

export function awsGap(kind: Gap['kind'], about: AwsCoverageKey | AwsCoverage, scope: string): Gap {
  const row = typeof about === 'string' ? (TABLE.get(about) ?? coveredBy(about)) : about
  return { kind, cloud: 'aws', scope, what: row.what, consequence: row.consequence, remedy: row.remedy }
}
