import { isObject, ownString, type Json } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { type Mismatch, record, text } from '../../record-shape.ts'
import { policyDocument, textIn } from './policy-document.ts'
import { wrapped } from './wrapped.ts'

const asked = wrapped('of which permission set it is', 'PermissionSetArn')

/** `aws sso-admin list-instances`. */
export const ssoInstances = listing({
  kind: 'aws.sso-instances',
  cloud: 'aws',
  noun: ['Identity Center instance', 'Identity Center instances'],
  what: 'identity-center-assignments',
  lists: ['Instances'],
  calls: ['sso-admin:ListInstances', 'sso-admin list-instances'],
  looksLike: (row) =>
    /^arn:[\w-]+:sso:/.test(ownString(row, 'InstanceArn') ?? '') && Object.hasOwn(row, 'IdentityStoreId'),
  row: record(
    { InstanceArn: text, IdentityStoreId: text },
    { OwnerAccountId: text, Name: text, Status: text },
  ),
  id: (row) => ownString(row, 'InstanceArn'),
})

/** `aws sso-admin describe-permission-set`. */
export const permissionSet = listing({
  kind: 'aws.permission-set',
  cloud: 'aws',
  noun: ['permission set', 'permission sets'],
  what: 'identity-center-assignments',
  lists: [],
  one: 'PermissionSet',
  calls: ['DescribePermissionSet', 'describe-permission-set'],
  looksLike: (row) => Object.hasOwn(row, 'PermissionSetArn') && Object.hasOwn(row, 'Name'),
  row: record({ PermissionSetArn: text, Name: text }, { Description: text, SessionDuration: text }),
  id: (row) => ownString(row, 'PermissionSetArn'),
})

/** `aws sso-admin get-inline-policy-for-permission-set`, wrapped; empty text for a permission set without one. */
export const permissionSetInlinePolicy = listing({
  kind: 'aws.permission-set-inline-policy',
  cloud: 'aws',
  noun: ['inline policy of a permission set', 'inline policies of permission sets'],
  what: 'identity-center-assignments',
  lists: [],
  calls: ['GetInlinePolicyForPermissionSet', 'get-inline-policy-for-permission-set'],
  looksLike: (row) => Object.hasOwn(row, 'InlinePolicy'),
  row: (value) => record({ InlinePolicy: text })(value) ?? wrongInline(value),
  asked,
})

function wrongInline(value: Json): Mismatch | undefined {
  const policy = textIn(value, 'InlinePolicy') ?? ''
  const mismatch = policy === '' ? undefined : policyDocument(policy)
  return mismatch === undefined ? undefined : { ...mismatch, pointer: '/InlinePolicy' }
}

/** `aws sso-admin list-managed-policies-in-permission-set`, wrapped. */
export const permissionSetManagedPolicies = listing({
  kind: 'aws.permission-set-managed-policies',
  cloud: 'aws',
  noun: ['managed policy of a permission set', 'managed policies of permission sets'],
  what: 'identity-center-assignments',
  lists: ['AttachedManagedPolicies'],
  calls: ['ListManagedPoliciesInPermissionSet', 'list-managed-policies-in-permission-set'],
  // The policies attached to an IAM user or role have `PolicyArn` instead.
  looksLike: (row) =>
    isObject(row) && /^arn:[\w-]+:iam:/.test(ownString(row, 'Arn') ?? '') && Object.keys(row).length === 2,
  row: record({ Arn: text }, { Name: text }),
  asked,
})

/** `aws sso-admin list-account-assignments`. */
export const accountAssignments = listing({
  kind: 'aws.account-assignments',
  cloud: 'aws',
  noun: ['assignment', 'assignments'],
  what: 'identity-center-assignments',
  lists: ['AccountAssignments'],
  calls: ['ListAccountAssignments', 'list-account-assignments'],
  looksLike: (row) => Object.hasOwn(row, 'PermissionSetArn') && Object.hasOwn(row, 'PrincipalType'),
  row: record({ AccountId: text, PermissionSetArn: text, PrincipalType: text, PrincipalId: text }),
  scope: (row) => ownString(row, 'AccountId'),
  mentions: (rows) => [...new Set([...rows].map((row) => `account:${ownString(row, 'AccountId') ?? ''}`))],
})
