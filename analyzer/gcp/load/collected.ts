import type { Credential, Instant, SourceRef } from '../../../graph/index.ts'
import type { Boundary } from '../policy/boundary.ts'
import type { DenyState, ProviderState } from '../state.ts'

/** What the readers found, with names as they stand in the exports. */
export interface Collected {
  readonly takenAt: Instant
  readonly bindings: CollectedBinding[]
  /** Full definitions by role name; `permissions` null when a listing gave the name only. */
  readonly roles: Map<string, CollectedRole>
  readonly containers: Map<string, CollectedContainer>
  readonly resources: CollectedResource[]
  /** Name → names of what is above it, nearest first where the export says so. */
  readonly above: (readonly [name: string, above: readonly string[]])[]
  /** Project number → project id. */
  readonly projectIds: Map<string, string>
  readonly serviceAccounts: Map<string, CollectedServiceAccount>
  readonly keys: { readonly account: string; readonly credential: Credential; readonly at: SourceRef }[]
  readonly groups: Map<string, { readonly member: string; readonly at: SourceRef }[]>
  readonly denies: DenyState[]
  readonly boundaryPolicies: Map<string, NonNullable<Boundary['rules']>>
  readonly policyBindings: (Omit<Boundary, 'rules'> & { readonly at: SourceRef })[]
  readonly providers: ProviderState[]
  /** Policies seen, by resource and etag: an allow policy that two exports hold counts once. */
  readonly policies: Set<string>
  /** Asset type of what an allow policy is attached to. */
  readonly types: Map<string, string>
}

export interface CollectedBinding {
  readonly resource: string
  readonly role: string
  readonly members: readonly string[]
  readonly condition: { readonly title: string; readonly expression: string } | null
  /** What must be done before it is in effect, in words; absent: nothing. */
  readonly after?: string
  readonly at: SourceRef
}

export interface CollectedRole {
  readonly title: string | null
  readonly permissions: readonly string[] | null
}

export interface CollectedContainer {
  readonly display: string | null
  readonly tags: readonly (readonly [string, string])[]
  /** It was described, with no parent: nothing is above it. */
  readonly isTop: boolean
  readonly at: SourceRef
}

export interface CollectedResource {
  readonly name: string
  readonly type: string
  readonly display: string | null
  readonly tags: readonly (readonly [string, string])[]
  /** E-mails of the service accounts it runs as. */
  readonly runsAs: readonly string[]
  readonly at: SourceRef
}

export interface CollectedServiceAccount {
  readonly email: string
  readonly uniqueId: string | null
  readonly display: string | null
  readonly disabled: boolean | null
  readonly project: string | null
  readonly created: Instant | null
  readonly at: SourceRef
}

export function nothingCollected(takenAt: Instant): Collected {
  return {
    takenAt,
    bindings: [],
    roles: new Map(),
    containers: new Map(),
    resources: [],
    above: [],
    projectIds: new Map(),
    serviceAccounts: new Map(),
    keys: [],
    groups: new Map(),
    denies: [],
    boundaryPolicies: new Map(),
    policyBindings: [],
    providers: [],
    policies: new Set(),
    types: new Map(),
  }
}
