import type {
  Credential,
  Edge,
  Environment,
  GraphNode,
  Instant,
  NodeId,
  SourceRef,
} from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { accountIn, resourceType } from '../model/arn.ts'
import { PolicyTables } from '../model/policy-tables.ts'
import type { HostType } from '../techniques/host-types.ts'
import { OrganizationDraft } from './organization-draft.ts'
import type { AclDraft } from './acl-draft.ts'
import type { ClusterDraft } from './cluster-draft.ts'
import type { HostDraft } from './host-draft.ts'
import { SharingDraft } from './share-draft.ts'

type Tags = readonly (readonly [string, string])[]

/** An IAM user or role as it is read; its layers are put together when everything is read. */
export interface PrincipalDraft {
  readonly arn: string
  readonly kind: 'user' | 'role'
  readonly account: string
  /** The account that its export is about, under which groups and policies were read. */
  readonly export: string
  readonly name: string
  readonly path: string
  readonly uniqueId: string
  readonly at: SourceRef
  readonly tags: Tags
  /** Uses of its inline policies. */
  readonly inline: readonly number[]
  /** ARNs of its attached managed policies. */
  readonly attached: readonly string[]
  readonly groups: readonly string[]
  readonly boundary?: string
  readonly trust: number
  /** Instance profiles that a role is in: their ARNs, and `account/name`. */
  readonly profiles: readonly string[]
  created?: Instant
  lastUsed?: Instant | 'never'
  unusedForDays?: number
  mfa?: boolean
  console?: boolean
  credentials: Credential[]
  /** Its credentials were listed, even if it has none. */
  reported?: boolean
}

export interface GroupDraft {
  readonly arn: string
  readonly name: string
  readonly account: string
  readonly inline: readonly number[]
  readonly attached: readonly string[]
  readonly created?: Instant
  readonly at: SourceRef
}

export interface AccountDraft {
  readonly id: string
  imported: boolean
  name?: string
  email?: string
  tags: Tags
  seen: SourceRef | null
  environment?: Environment
  resourcePolicies: boolean
  readonly policiesOfTypes: Set<string>
  /** Types of resources that run with roles, of which the account's were listed. */
  readonly hostTypes: Set<HostType>
  /** Use of the account's `RestrictPublicBuckets`; -1: it is off; absent: not collected. */
  restriction?: number
  /** Whether `IgnorePublicAcls` of the account is on; absent: not collected. */
  ignoresPublicAcls?: boolean
  /** What the access control lists of S3 name it by; absent: not collected. */
  canonicalId?: string
  /** Regions whose shares were listed with their resources; absent: nobody asked. */
  shareRegions?: Set<string>
  /** Shares of every region were asked for, and no call was refused. */
  hasAllShares?: boolean
}

export interface ResourceDraft {
  readonly arn: string
  readonly type: string
  account?: string
  name?: string
  tags: Tags
  /** Its tags were collected, even if it has none. */
  isTagged: boolean
  seen: SourceRef
  /** Use of its resource policy; -1: none was seen. */
  policy: number
  /** Uses of the grants of a KMS key. */
  readonly grants: number[]
  /** Use of a bucket's `RestrictPublicBuckets`; -1: it is off; absent: not collected. */
  restriction?: number
  /** Only a VPC reaches it, an access point. */
  isInVpc?: boolean
  /** Whether `IgnorePublicAcls` of a bucket is on; absent: not collected. */
  ignoresPublicAcls?: boolean
  /** Whether the ownership setting of a bucket lets access control lists decide; absent: not collected. */
  aclsEnabled?: boolean
  /** The access control list of a bucket; absent: not collected. */
  acl?: AclDraft
  /** Uses of the grants of the list that are in force, and of those that may be. */
  readonly aclGrants: number[]
  readonly openAcl: number[]
  /** Uses of what shares allow on it, and of what they may. */
  readonly shares: number[]
  readonly openShares: number[]
  /** Constructs on it that are seen but not evaluated. */
  readonly constructs: Set<string>
}

/** What the versions of a customer managed policy tell besides the one in force. */
export interface PolicyVersions {
  readonly count: number
  /** Another version than the one in force allows everything. */
  readonly broad: boolean
}

/** Everything that was read, before it is put together. */
export class Draft {
  readonly tables = new PolicyTables()
  readonly principals = new Map<string, PrincipalDraft>()
  /** By account and name: `123456789012/admins`. */
  readonly groups = new Map<string, GroupDraft>()
  /** Uses of managed policies by account and ARN; AWS managed ones also by `aws` and ARN. */
  readonly managed = new Map<string, number>()
  readonly accounts = new Map<string, AccountDraft>()
  readonly resources = new Map<string, ResourceDraft>()
  /** Resources that can run with a role, by ARN. */
  readonly hosts = new Map<string, HostDraft>()
  /** Clusters of EKS, by ARN. */
  readonly clusters = new Map<string, ClusterDraft>()
  /** What was read of Resource Access Manager. */
  readonly sharing = new SharingDraft()
  /** Versions of customer managed policies, by ARN. */
  readonly versions = new Map<string, PolicyVersions>()
  readonly organization = new OrganizationDraft()
  readonly nodes = new Map<NodeId, GraphNode>()
  readonly edges: Edge[] = []
  readonly notEvaluated = new Map<string, { readonly title: string; count: number }>()

  account(id: string): AccountDraft {
    const known = this.accounts.get(id)
    if (known !== undefined) return known
    const made: AccountDraft = {
      id,
      imported: false,
      tags: [],
      seen: null,
      resourcePolicies: false,
      policiesOfTypes: new Set(),
      hostTypes: new Set(),
    }
    this.accounts.set(id, made)
    return made
  }

  /** The draft of a resource, made when it is first heard of. */
  resource(arn: string, at: SourceRef): ResourceDraft {
    const known = this.resources.get(arn)
    if (known !== undefined) return known
    const made: ResourceDraft = {
      arn,
      type: resourceType(arn),
      tags: [],
      isTagged: false,
      seen: at,
      policy: -1,
      grants: [],
      aclGrants: [],
      openAcl: [],
      shares: [],
      openShares: [],
      constructs: new Set(),
    }
    const account = accountIn(arn)
    if (account !== undefined) made.account = account
    this.resources.set(arn, made)
    return made
  }

  /** The use of a managed policy; AWS managed policies are the same in every account. */
  managedPolicy(account: string, arn: string): number | undefined {
    return this.managed.get(`${account} ${arn}`) ?? this.managed.get(`aws ${arn}`)
  }

  /** Keeps the first node of an id. */
  add(node: GraphNode): void {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node)
  }

  countNotEvaluated(construct: string, title: string): void {
    const known = this.notEvaluated.get(construct)
    if (known === undefined) this.notEvaluated.set(construct, { title, count: 1 })
    else known.count++
  }
}

/** The node of an account: its native id is its twelve digits. */
export function accountNode(id: string): NodeId {
  return nodeId('aws', id)
}
