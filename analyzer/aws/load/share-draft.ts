import type { JsonObject, SourceRef } from '../../../graph/index.ts'

/** A resource in a share, as its associations and the list of shared resources tell of it. */
export interface SharedResource {
  readonly arn: string
  /** `ec2:Subnet`, folded to lower case. */
  type?: string
  /** Of its association with the share: `ASSOCIATED` and its like. */
  association?: string
  /** `AVAILABLE` and its like. */
  status?: string
  at: SourceRef
}

/** Somebody with whom a share is: an account, an organization or a unit of it, a role, a user, a service. */
export interface SharePrincipal {
  readonly name: string
  readonly status: string
  /** Not of the owner's organization: an invitation has to be accepted. */
  readonly isExternal: boolean
}

/** A share of Resource Access Manager as it is read. */
export interface ShareDraft {
  readonly arn: string
  name?: string
  /** `ACTIVE` and its like. */
  status?: string
  at: SourceRef
  readonly resources: Map<string, SharedResource>
  readonly principals: Map<string, SharePrincipal>
  /** `ARN version` of managed permissions, with the type of resource that each is for, folded. */
  readonly permissions: Map<string, string | undefined>
  /** Accounts that it was shared with, by their own listings. */
  readonly seenBy: Set<string>
}

/** A version of a managed permission: what it allows, in the words of policy statements without principal and resource. */
export interface PermissionDraft {
  readonly name: string
  /** Absent: its document has a form that is not known. */
  readonly statements?: readonly JsonObject[]
  readonly at: SourceRef
}

/** Everything that was read of shares. */
export class SharingDraft {
  /** By ARN. */
  readonly shares = new Map<string, ShareDraft>()
  /** By `ARN version`. */
  readonly permissions = new Map<string, PermissionDraft>()
  /** Listings that were answered: `account region listing`. */
  readonly listed = new Set<string>()

  share(arn: string, at: SourceRef): ShareDraft {
    const known = this.shares.get(arn)
    if (known !== undefined) return known
    const made: ShareDraft = {
      arn,
      at,
      resources: new Map(),
      principals: new Map(),
      permissions: new Map(),
      seenBy: new Set(),
    }
    this.shares.set(arn, made)
    return made
  }
}
