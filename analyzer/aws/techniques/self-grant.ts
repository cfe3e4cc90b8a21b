/**
 * Ways in which a principal gives itself every right of its account. `on`: what must be allowed on which resource: the
 * principal itself, one of its groups, or a customer managed policy that is attached to it.
 * Facts: pathfinding.cloud iam-001, iam-005, iam-007, iam-008, iam-009, iam-010, iam-011 (Apache-2.0), each from the
 * IAM API reference of the action.
 */
export interface SelfGrant {
  readonly rule: string
  readonly action: string
  readonly of: 'user' | 'role'
  readonly on: 'self' | 'group' | 'policy'
  readonly says: string
}

export const SELF_GRANTS: readonly SelfGrant[] = [
  row('attach-user-policy', 'iam:AttachUserPolicy', 'user', 'self', 'can attach any policy to itself'),
  row('put-user-policy', 'iam:PutUserPolicy', 'user', 'self', 'can write its own inline policy'),
  row('attach-role-policy', 'iam:AttachRolePolicy', 'role', 'self', 'can attach any policy to itself'),
  row('put-role-policy', 'iam:PutRolePolicy', 'role', 'self', 'can write its own inline policy'),
  row('attach-group-policy', 'iam:AttachGroupPolicy', 'user', 'group', 'can attach any policy to its group'),
  row('put-group-policy', 'iam:PutGroupPolicy', 'user', 'group', 'can write the inline policy of its group'),
  row(
    'create-policy-version',
    'iam:CreatePolicyVersion',
    'user',
    'policy',
    'can rewrite a policy that it has',
  ),
  row(
    'create-policy-version',
    'iam:CreatePolicyVersion',
    'role',
    'policy',
    'can rewrite a policy that it has',
  ),
]

/** What lifts a permissions boundary from a principal, without which it stays within it. */
export const LIFT_BOUNDARY = {
  user: ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
  role: ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
} as const

function row(
  rule: string,
  action: string,
  of: SelfGrant['of'],
  on: SelfGrant['on'],
  says: string,
): SelfGrant {
  return { rule, action, of, on, says }
}
