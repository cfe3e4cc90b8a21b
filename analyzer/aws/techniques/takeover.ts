/**
 * Taking over another identity of the same account by one permission on it.
 * Facts: pathfinding.cloud iam-002, iam-004, iam-006, iam-012, iam-013 (Apache-2.0) and the IAM API reference.
 */
export interface Takeover {
  readonly rule: string
  readonly label: string
  readonly action: string
  readonly target: 'user' | 'role' | 'group'
  /** Only a user can put itself into a group. */
  readonly by?: 'user'
  /** What the target must be like; when the export does not tell, it is a condition in these words. */
  readonly requires?: {
    readonly fact: 'fewer-than-two-keys' | 'no-password' | 'password'
    readonly says: string
  }
}

export const TAKEOVERS: readonly Takeover[] = [
  {
    rule: 'update-assume-role-policy',
    label: 'rewrite its trust',
    action: 'iam:UpdateAssumeRolePolicy',
    target: 'role',
  },
  {
    rule: 'create-access-key',
    label: 'create access key',
    action: 'iam:CreateAccessKey',
    target: 'user',
    requires: { fact: 'fewer-than-two-keys', says: 'it has fewer than two access keys' },
  },
  {
    rule: 'create-login-profile',
    label: 'give it a password',
    action: 'iam:CreateLoginProfile',
    target: 'user',
    requires: { fact: 'no-password', says: 'it has no console password' },
  },
  {
    rule: 'update-login-profile',
    label: 'change its password',
    action: 'iam:UpdateLoginProfile',
    target: 'user',
    requires: { fact: 'password', says: 'it has a console password' },
  },
  {
    rule: 'add-user-to-group',
    label: 'join the group',
    action: 'iam:AddUserToGroup',
    target: 'group',
    by: 'user',
  },
]

/** With one of these on a role that it can assume, a principal gets every right of the role's account. */
export const ROLE_GRANTS: readonly { readonly rule: string; readonly action: string }[] = [
  { rule: 'attach-role-policy', action: 'iam:AttachRolePolicy' },
  { rule: 'put-role-policy', action: 'iam:PutRolePolicy' },
]
