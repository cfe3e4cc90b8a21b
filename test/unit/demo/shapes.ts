/** The parts of the clouds' answers that the demo's tests look at. */
export type Statement = {
  Effect: string
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Principal?: '*' | { AWS?: string | string[]; Service?: string | string[] }
  Condition?: unknown
}

type Document = { Statement: Statement | Statement[] }

export type Holder = {
  Arn: string
  RolePolicyList?: { PolicyDocument: Document }[]
  UserPolicyList?: { PolicyDocument: Document }[]
  GroupPolicyList?: { PolicyDocument: Document }[]
  AttachedManagedPolicies: { PolicyArn: string }[]
}

export type Gaad = {
  UserDetailList: (Holder & {
    UserName: string
    GroupList: string[]
    Tags: { Key: string; Value: string }[]
  })[]
  GroupDetailList: (Holder & { GroupName: string })[]
  RoleDetailList: (Holder & { RoleName: string; AssumeRolePolicyDocument: Document })[]
  Policies: { Arn: string; PolicyVersionList: { Document: Document }[] }[]
}

export type ResourcePolicy = { arn: string; policy: Document }

export type IdentityUser = { UserId: string; UserName: string }
export type Membership = { GroupId: string; MemberId: { UserId: string } }
export type PermissionSet = { PermissionSetArn: string; Name: string }
export type Assignment = {
  AccountId: string
  PermissionSetArn: string
  PrincipalType: 'USER' | 'GROUP'
  PrincipalId: string
}

export type Asset = {
  name: string
  asset_type: string
  resource: {
    data: { email?: string; oidc?: { issuerUri: string }; attributeMapping?: Record<string, string> }
  }
}

export type GcpPolicyRow = {
  resource: string
  policy: { bindings: { members: string[]; role: string }[] }
}

export type MemberList = { type: string; preferredMemberKey: { id: string } }[]

export type CallAnswer<T> = { call: string; parameters: Record<string, string>; response: T }

export type GraphUser = { id: string; accountEnabled: boolean; userType: string }

/** A field that may hold one value or a list. */
export function list<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
