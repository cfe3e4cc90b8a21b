import type { Document, Who } from './aws-matching.ts'

/** What both the engine and the reference interpreter of AWS are told: exports, as far as they decide. */
export interface Attached {
  readonly AttachedManagedPolicies: readonly { readonly PolicyArn: string }[]
}
export type Inline = readonly { readonly PolicyDocument: Document }[]

/** The parts of the account's export that decide. */
interface Principal extends Attached {
  readonly Arn: string
  readonly Path: string
  readonly UserName?: string
  readonly RoleName?: string
  readonly UserId?: string
  readonly RoleId?: string
  readonly Tags?: Who['tags']
  readonly GroupList?: readonly string[]
  readonly UserPolicyList?: Inline
  readonly RolePolicyList?: Inline
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string }
  readonly AssumeRolePolicyDocument?: Document
}
interface Details {
  readonly UserDetailList: readonly Principal[]
  readonly RoleDetailList: readonly Principal[]
  readonly GroupDetailList: readonly (Attached & {
    readonly GroupName: string
    readonly GroupPolicyList: Inline
  })[]
  readonly Policies: readonly {
    readonly Arn: string
    readonly PolicyVersionList: readonly { readonly IsDefaultVersion: boolean; readonly Document: Document }[]
  }[]
}
export interface Level {
  readonly scps: readonly string[]
  readonly rcps: readonly string[]
}
export interface Tree {
  readonly Id: string
  readonly MasterAccountId: string
  readonly Ous: Readonly<Record<string, Level & { readonly parent: string | null }>>
  readonly Accounts: Readonly<Record<string, Level & { readonly ou: string }>>
  readonly Scps: Readonly<Record<string, { readonly doc: Document }>>
  readonly Rcps: Readonly<Record<string, { readonly doc: Document }>>
}
interface ResourceRow {
  readonly arn: string
  readonly account?: string
  readonly policy: Document
  /** undefined: not told. */
  readonly tags?: Readonly<Record<string, string>>
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
export interface Grant {
  readonly KeyId: string
  readonly GranteePrincipal: string
  readonly RetiringPrincipal?: string
  readonly Operations: readonly string[]
  readonly Constraints?: {
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export interface BucketAcl {
  readonly Grants?: readonly {
    readonly Grantee: { readonly ID: string } | { readonly URI: string }
    readonly Permission: string
  }[]
  /** null: it has no such setting. */
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | null
}

/** A share of Resource Access Manager, as its owner's calls tell of it. */
export interface Share {
  readonly arn: string
  readonly status: string
  readonly principals: readonly {
    readonly name: string
    readonly status: string
    readonly external: boolean
  }[]
  readonly resources: readonly {
    readonly arn: string
    readonly type: string
    /** Of its association with the share. */
    readonly association: string
    readonly status: string
  }[]
  /** undefined: its document was not told. */
  readonly permissions: readonly {
    readonly arn: string
    readonly type: string
    readonly template?: { readonly Effect: 'Allow'; readonly Action: string | readonly string[] }
  }[]
}

export interface World {
  readonly accounts: readonly {
    readonly id: string
    readonly gaad: Details
    /** Rows of resource policies; undefined: they were not imported. */
    readonly resources?: readonly ResourceRow[]
    /** `RestrictPublicBuckets` of the account and by name of bucket; null: nothing was ever set; undefined: not asked. */
    readonly publicAccess?: {
      readonly account?: boolean | null
      readonly buckets?: Readonly<Record<string, boolean | null>>
    }
    /** What `s3control get-access-point` says, by ARN: `RestrictPublicBuckets`, or that only a VPC reaches it; undefined: not asked. */
    readonly points?: Readonly<Record<string, boolean | 'VPC'>>
    /** The same of `IgnorePublicAcls`. */
    readonly ignoreAcls?: {
      readonly account?: boolean | null
      readonly buckets?: Readonly<Record<string, boolean | null>>
    }
    /** The canonical user id of the account, as its buckets tell it; undefined: none told it. */
    readonly canonical?: string
    /** What `s3api get-bucket-acl` and `get-bucket-ownership-controls` say, by name of bucket; undefined: not asked. */
    readonly acls?: Readonly<Record<string, BucketAcl>>
    /** What the account shares, in one region; `refused`: what is in its shares was not told; undefined: nobody asked. */
    readonly shares?: readonly Share[] | 'refused'
    /** Entries of `kms list-grants`. */
    readonly grants?: readonly Grant[]
  }[]
  /** The organization-tree document; null: the accounts are in no organization; undefined: not imported. */
  readonly organization?: Tree | null
}
