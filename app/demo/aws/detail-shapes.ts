import type { PolicyDocument } from './policy-document.ts'

export type Tag = { readonly Key: string; readonly Value: string }
export type Inline = { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument }
export type Attached = { readonly PolicyName: string; readonly PolicyArn: string }
type Boundary = { readonly PermissionsBoundaryType: 'Policy'; readonly PermissionsBoundaryArn: string }

/** Entries of `aws iam get-account-authorization-details`, as the CLI prints them. */
export type RoleDetail = {
  readonly Path: string
  readonly RoleName: string
  readonly RoleId: string
  readonly Arn: string
  readonly CreateDate: string
  readonly AssumeRolePolicyDocument: PolicyDocument
  readonly InstanceProfileList: readonly unknown[]
  readonly RolePolicyList: readonly Inline[]
  readonly AttachedManagedPolicies: readonly Attached[]
  readonly PermissionsBoundary?: Boundary
  readonly Tags: readonly Tag[]
  readonly RoleLastUsed: { readonly LastUsedDate?: string; readonly Region?: string }
}

export type UserDetail = {
  readonly Path: string
  readonly UserName: string
  readonly UserId: string
  readonly Arn: string
  readonly CreateDate: string
  readonly UserPolicyList?: readonly Inline[]
  readonly GroupList: readonly string[]
  readonly AttachedManagedPolicies: readonly Attached[]
  readonly Tags: readonly Tag[]
}

export type GroupDetail = {
  readonly Path: string
  readonly GroupName: string
  readonly GroupId: string
  readonly Arn: string
  readonly CreateDate: string
  readonly GroupPolicyList: readonly Inline[]
  readonly AttachedManagedPolicies: readonly Attached[]
}

export type PolicyDetail = {
  readonly PolicyName: string
  readonly PolicyId: string
  readonly Arn: string
  readonly Path: string
  readonly DefaultVersionId: string
  readonly AttachmentCount: number
  readonly PermissionsBoundaryUsageCount: number
  readonly IsAttachable: boolean
  readonly CreateDate: string
  readonly UpdateDate: string
  readonly PolicyVersionList: readonly {
    readonly Document: PolicyDocument
    readonly VersionId: string
    readonly IsDefaultVersion: boolean
    readonly CreateDate: string
  }[]
}
