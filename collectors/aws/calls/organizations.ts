import { type Call, each } from './call.ts'
import { ORGANIZATIONS } from './services.ts'

const organization = {
  service: ORGANIZATIONS,
  place: 'organization',
  gap: 'service-control-policies',
  /** The account is in no organization, so there is nothing above it. */
  absent: ['AWSOrganizationsNotInUseException'],
} as const

const parents = [
  each('organizations:ListRoots', 'Roots', { ParentId: 'Id' }),
  each('organizations:ListOrganizationalUnitsForParent', 'OrganizationalUnits', { ParentId: 'Id' }),
]
const policies = [each('organizations:ListPolicies', 'Policies', { PolicyId: 'Id' })]

export const ORGANIZATION_CALLS: readonly Call[] = [
  {
    ...organization,
    operation: 'DescribeOrganization',
    actions: ['organizations:DescribeOrganization'],
    yields: 'aws.organization',
    none: { Organization: null },
    bare: true,
  },
  {
    ...organization,
    operation: 'ListRoots',
    actions: ['organizations:ListRoots'],
    pages: 'NextToken',
    yields: 'aws.organization-roots',
  },
  {
    ...organization,
    operation: 'ListAccounts',
    actions: ['organizations:ListAccounts'],
    pages: 'NextToken',
    yields: 'aws.accounts',
  },
  {
    ...organization,
    operation: 'ListOrganizationalUnitsForParent',
    actions: ['organizations:ListOrganizationalUnitsForParent'],
    after: parents,
    pages: 'NextToken',
    yields: 'aws.organizational-units',
  },
  {
    ...organization,
    operation: 'ListAccountsForParent',
    actions: ['organizations:ListAccountsForParent'],
    after: parents,
    pages: 'NextToken',
    yields: 'aws.accounts-for-parent',
  },
  {
    ...organization,
    operation: 'ListPolicies',
    actions: ['organizations:ListPolicies'],
    variants: [{ Filter: 'SERVICE_CONTROL_POLICY' }, { Filter: 'RESOURCE_CONTROL_POLICY' }],
    pages: 'NextToken',
    yields: 'aws.organization-policies',
  },
  {
    ...organization,
    operation: 'DescribePolicy',
    actions: ['organizations:DescribePolicy'],
    after: policies,
    yields: 'aws.organization-policy',
  },
  {
    ...organization,
    operation: 'ListTargetsForPolicy',
    actions: ['organizations:ListTargetsForPolicy'],
    after: policies,
    pages: 'NextToken',
    yields: 'aws.policy-targets',
  },
  {
    ...organization,
    operation: 'ListDelegatedAdministrators',
    actions: ['organizations:ListDelegatedAdministrators'],
    pages: 'NextToken',
    yields: 'aws.answers',
    gap: 'delegated-administrators',
  },
  {
    ...organization,
    operation: 'DescribeResourcePolicy',
    actions: ['organizations:DescribeResourcePolicy'],
    yields: 'aws.answers',
    gap: 'delegated-administrators',
    absent: [...organization.absent, 'ResourcePolicyNotFoundException'],
  },
]
