import type { SourceRef } from '../../graph/index.ts'
import type { HostType } from './techniques/host-types.ts'

/**
 * What the AWS engine keeps of an estate: structured-clonable columns. Texts are interned in `texts`; a column of
 * offsets `o` names list `i` as `items[o[i] … o[i + 1])`.
 */
export interface AwsState {
  readonly version: number
  readonly texts: readonly string[]
  readonly statements: StatementColumns
  readonly documents: DocumentColumns
  readonly uses: UseColumns
  readonly layerSets: LayerSetColumns
  readonly principals: PrincipalColumns
  readonly resources: ResourceColumns
  /** ARNs of the resources whose tags were collected, sorted. The tags are those of their nodes. */
  readonly tagged: readonly string[]
  readonly hosts: HostColumns
  readonly policies: PolicyColumns
  readonly accounts: readonly AccountState[]
  readonly clusters: readonly ClusterState[]
  readonly organization: OrganizationState
  /** Constructs that were seen and are not evaluated, with how often. */
  readonly notEvaluated: readonly {
    readonly construct: string
    readonly title: string
    readonly count: number
  }[]
}

/** Rises with every change to the columns; a state of another version is analysed again. */
export const STATE_VERSION = 7

export interface Lists {
  readonly offsets: Int32Array
  readonly items: Int32Array
}

/** Distinct policy statements. */
export interface StatementColumns {
  readonly flags: Uint8Array
  /** List of texts of `Action` or `NotAction`, as written. */
  readonly actions: Int32Array
  /** List of texts of `Resource` or `NotResource`; -1: the statement has neither. */
  readonly resources: Int32Array
  /** Text of `Condition` as JSON; -1: none. */
  readonly conditions: Int32Array
  /** Text of `Principal` or `NotPrincipal` as JSON; -1: none. */
  readonly principals: Int32Array
  /** Text of `Sid`; -1: none. */
  readonly sids: Int32Array
  /** The texts of action and resource lists. */
  readonly lists: Lists
}

/** Bits of `StatementColumns.flags`. `VARIABLES`: the document's version gives `${…}` its meaning. */
export const ALLOW = 1
export const NOT_ACTION = 2
export const NOT_RESOURCE = 4
export const NOT_PRINCIPAL = 8
export const VARIABLES = 16

/** Distinct policy documents, as lists of statements in their order. */
export interface DocumentColumns {
  readonly statements: Lists
  /** 1: `Statement` is one object, not a list; 2: told in another form than a policy, which the place leads to. */
  readonly single: Uint8Array
}

/** Value of `DocumentColumns.single`: put into the words of a policy by us (a grant, a setting). */
export const TOLD = 2

/** A policy as it is attached somewhere: which document, under which name, and where it stands. */
export interface UseColumns {
  readonly documents: Int32Array
  readonly names: Int32Array
  readonly sources: Int32Array
  /** JSON pointer to the document. */
  readonly pointers: readonly string[]
  /** Text: ARN of the managed policy; -1: not a managed policy. */
  readonly arns: Int32Array
}

/** Sets of layers that decide for principals alike. */
export interface LayerSetColumns {
  readonly account: Int32Array
  /** Distinct documents of the identity policies. */
  readonly identity: Lists
  /** Document of the permissions boundary; -1: none. */
  readonly boundary: Int32Array
  /** Texts: policies that are attached but whose documents were not imported. */
  readonly missing: Lists
  /** Text: the boundary whose document was not imported; -1: none. */
  readonly missingBoundary: Int32Array
  /** 1: service-linked roles, exempt from the organization's control policies. */
  readonly serviceLinked: Uint8Array
}

/** IAM users and roles, sorted by ARN. */
export interface PrincipalColumns {
  readonly arns: readonly string[]
  readonly kinds: Uint8Array
  /** `AIDA…`, `AROA…`; empty when the export has none. */
  readonly uniqueIds: readonly string[]
  readonly layerSets: Int32Array
  /** Uses of the identity policies, own first, then those of groups. */
  readonly identity: Lists
  /** By item of `identity`: text of the name of the group that it comes from; -1: its own. */
  readonly through: Int32Array
  /** Use of the boundary; -1: none or its document is missing. */
  readonly boundary: Int32Array
  /** 1: a role that is in an instance profile. */
  readonly profiles: Uint8Array
  /** Use of the trust policy; -1: a user, or a role whose trust policy was not readable. */
  readonly trust: Int32Array
}

export const USER = 0
export const ROLE = 1

/** Resources that policies were looked for on, sorted by ARN. */
export interface ResourceColumns {
  readonly arns: readonly string[]
  /** Index of the owning account; -1: not known. */
  readonly accounts: Int32Array
  /** Use of the resource policy; -1: none was seen. */
  readonly policies: Int32Array
  /** Texts: constructs on it that are not evaluated (`s3-acl` …). */
  readonly constructs: Lists
  /** Uses of the grants of a KMS key, in the words of a policy. */
  readonly grants: Lists
  /** Uses of the grants of a bucket's access control list that are in force, in the words of a policy. */
  readonly acls: Lists
  /** Uses of those of which Block Public Access leaves open whether they are. */
  readonly openAcls: Lists
  /** Uses of what shares of Resource Access Manager allow, in the words of a policy. */
  readonly shares: Lists
  /** Uses of what they may allow: a part of the share is not known. */
  readonly openShares: Lists
  /** Uses of what restricts a public bucket policy (`RestrictPublicBuckets`), in the words of a policy. */
  readonly restrictions: Lists
  /** 1: everything that could restrict it was collected, of the bucket and of its account. */
  readonly settled: Uint8Array
}

/** Resources that can run with a role, or that must be there for one to be handed over, sorted by ARN. */
export interface HostColumns {
  readonly arns: readonly string[]
  readonly types: readonly HostType[]
  /** Account ids. */
  readonly accounts: readonly string[]
  /** Index of the principal that it runs as; -1: none, or none of the estate. */
  readonly roles: Int32Array
  /** 0: not told, 1: it runs, 2: it does not. */
  readonly running: Uint8Array
  /** 0: not told, 1: Systems Manager reaches it, 2: it does not. */
  readonly managed: Uint8Array
  /** Where it was seen. */
  readonly sources: Int32Array
  readonly pointers: readonly string[]
}

/** Customer managed policies, sorted by ARN. */
export interface PolicyColumns {
  readonly arns: readonly string[]
  /** How many versions each has. */
  readonly versions: Uint8Array
  /** 1: a version that is not in force allows everything. */
  readonly broad: Uint8Array
}

/** One level of control policies: a root, an organizational unit or an account. */
export interface ControlLevel {
  /** Id of the target. */
  readonly target: string
  readonly uses: readonly number[]
  /** What is attached here but was not imported; or that the attachments themselves were not. */
  readonly missing: readonly string[]
}

/** Control policies of an account from the root down; `exempt`: none apply; `unknown`: nothing about them was imported. */
export type Control =
  | { readonly status: 'known'; readonly levels: readonly ControlLevel[] }
  | { readonly status: 'exempt' }
  | { readonly status: 'unknown' }

export interface AccountState {
  readonly id: string
  /** Its users and roles were imported. */
  readonly imported: boolean
  readonly scps: Control
  readonly rcps: Control
  /** `aws:PrincipalOrgID` of its principals; null: none; absent: not known. */
  readonly organization?: string | null
  /** Resource policies of the whole account were imported. */
  readonly resourcePolicies: boolean
  /** What S3 names it by in access control lists and bucket policies; absent: not known. */
  readonly canonicalId?: string
  /** What its shares (Resource Access Manager) were collected of; absent: nobody asked. */
  readonly shares?: SharesState
  /** Node types (`s3:bucket`) of which AWS Config gave the policies. */
  readonly policiesOfTypes: readonly string[]
  /** Types of resources that run with roles, of which the account's were listed. */
  readonly hostTypes: readonly HostType[]
}

/** Where the resources that an account shares are known. */
export interface SharesState {
  /** Regions whose shares were listed with their resources. */
  readonly regions: readonly string[]
  /** Every region was asked, and no call was refused. */
  readonly whole: boolean
}

export interface OrganizationState {
  readonly id: string | null
  readonly managementAccount: string | null
}

/** A cluster of EKS, as AWS tells of it; what its own roles and bindings say, AWS does not. */
export interface ClusterState {
  readonly arn: string
  readonly name: string
  readonly account: string
  /** Of its tokens, without scheme; null: not known. */
  readonly issuer: string | null
  readonly at: SourceRef
  readonly pods: readonly PodIdentity[]
  readonly entries: readonly AccessEntry[]
  readonly policies: readonly AccessPolicy[]
}

/** Pods of a service account run with a role. */
export interface PodIdentity {
  readonly namespace: string
  readonly serviceAccount: string
  readonly role: string
  readonly at: SourceRef
}

/** An IAM principal is a member of Kubernetes groups. */
export interface AccessEntry {
  readonly principal: string
  readonly groups: readonly string[]
  readonly at: SourceRef
}

/** An IAM principal has the rights of one of EKS's own policies, in the whole cluster (`['*']`) or in namespaces. */
export interface AccessPolicy {
  readonly principal: string
  /** `AmazonEKSClusterAdminPolicy`. */
  readonly policy: string
  /** Names, or patterns with `*`. */
  readonly namespaces: readonly string[]
  readonly at: SourceRef
}
