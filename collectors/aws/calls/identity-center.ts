import { type After, type Call, each } from './call.ts'
import { IDENTITY_STORE, SSO_ADMIN } from './services.ts'

/** Identity Center has one region; it is looked for in all of them, from the account that reads the organization. */
const center = {
  service: SSO_ADMIN,
  place: 'organization-region',
  gap: 'identity-center-assignments',
} as const
const store = {
  service: IDENTITY_STORE,
  place: 'organization-region',
  gap: 'identity-center-members',
} as const

const INSTANCES = 'sso-admin:ListInstances'
const SETS = 'sso-admin:ListPermissionSets'
const set = { PermissionSetArn: '' }
const sets: readonly After[] = [each(SETS, 'PermissionSets', set, { keep: ['InstanceArn'] })]
const stores: readonly After[] = [each(INSTANCES, 'Instances', { IdentityStoreId: 'IdentityStoreId' })]

export const IDENTITY_CENTER_CALLS: readonly Call[] = [
  {
    ...center,
    operation: 'ListInstances',
    actions: ['sso:ListInstances'],
    pages: 'NextToken',
    yields: 'aws.sso-instances',
  },
  {
    ...center,
    operation: 'ListPermissionSets',
    actions: ['sso:ListPermissionSets'],
    after: [each(INSTANCES, 'Instances', { InstanceArn: 'InstanceArn' })],
    pages: 'NextToken',
    yields: 'aws.answers',
  },
  {
    ...center,
    operation: 'DescribePermissionSet',
    actions: ['sso:DescribePermissionSet'],
    after: sets,
    yields: 'aws.permission-set',
  },
  {
    ...center,
    operation: 'GetInlinePolicyForPermissionSet',
    actions: ['sso:GetInlinePolicyForPermissionSet'],
    after: sets,
    yields: 'aws.permission-set-inline-policy',
  },
  {
    ...center,
    operation: 'ListManagedPoliciesInPermissionSet',
    actions: ['sso:ListManagedPoliciesInPermissionSet'],
    after: sets,
    pages: 'NextToken',
    yields: 'aws.permission-set-managed-policies',
  },
  {
    ...center,
    operation: 'ListCustomerManagedPolicyReferencesInPermissionSet',
    actions: ['sso:ListCustomerManagedPolicyReferencesInPermissionSet'],
    after: sets,
    pages: 'NextToken',
    yields: 'aws.answers',
  },
  {
    ...center,
    operation: 'GetPermissionsBoundaryForPermissionSet',
    actions: ['sso:GetPermissionsBoundaryForPermissionSet'],
    after: sets,
    yields: 'aws.answers',
    absent: ['ResourceNotFoundException'],
  },
  {
    ...center,
    operation: 'ListAccountsForProvisionedPermissionSet',
    actions: ['sso:ListAccountsForProvisionedPermissionSet'],
    after: sets,
    pages: 'NextToken',
    yields: 'aws.answers',
  },
  {
    ...center,
    operation: 'ListAccountAssignments',
    actions: ['sso:ListAccountAssignments'],
    after: [
      each(
        'sso-admin:ListAccountsForProvisionedPermissionSet',
        'AccountIds',
        { AccountId: '' },
        { keep: ['InstanceArn', 'PermissionSetArn'] },
      ),
    ],
    pages: 'NextToken',
    yields: 'aws.account-assignments',
  },
  {
    ...store,
    operation: 'ListUsers',
    actions: ['identitystore:ListUsers'],
    after: stores,
    pages: 'NextToken',
    yields: 'aws.identity-store-users',
    // Addresses, telephone numbers and birthdays of people say nothing about access.
    drop: ['Users[].Addresses', 'Users[].PhoneNumbers', 'Users[].Birthdate', 'Users[].Photos'],
  },
  {
    ...store,
    operation: 'ListGroups',
    actions: ['identitystore:ListGroups'],
    after: stores,
    pages: 'NextToken',
    yields: 'aws.identity-store-groups',
  },
  {
    ...store,
    operation: 'ListGroupMemberships',
    actions: ['identitystore:ListGroupMemberships'],
    after: [
      each('identitystore:ListGroups', 'Groups', { GroupId: 'GroupId' }, { keep: ['IdentityStoreId'] }),
    ],
    pages: 'NextToken',
    yields: 'aws.identity-store-memberships',
  },
]
