import type { SourceRef } from '../../graph/index.ts'
import type { GapState } from '../grants/gaps.ts'
import type { Boundary } from './policy/boundary.ts'
import type { DenyRule } from './policy/deny.ts'
import type { Aliases } from './resource-name.ts'

/** The engine's state: plain, structured-clonable. Members are numbered; the first `principals` of them are principals. */
export interface GcpState {
  readonly members: readonly string[]
  readonly principals: number
  /** Canonical permission names; roles refer to them by index. */
  readonly permissions: readonly string[]
  readonly roles: readonly RoleState[]
  readonly bindings: readonly BindingState[]
  readonly groups: ReadonlyMap<number, GroupState>
  /** What lies directly or further above a resource or container, by canonical name. */
  readonly above: ReadonlyMap<string, readonly string[]>
  /** Organizations, and projects that lie in none: nothing is above them. */
  readonly tops: ReadonlySet<string>
  readonly aliases: Aliases
  /** When the estate was seen (RFC 3339): a condition that was over by then is over for ever. */
  readonly takenAt: string
  readonly denies: readonly DenyState[]
  readonly boundaries: readonly BoundState[]
  readonly gaps: readonly GapState[]
  readonly providers: readonly ProviderState[]
  readonly serviceAccounts: readonly ServiceAccountState[]
  /** User-managed keys of service accounts, and where they stand. */
  readonly keys: readonly { readonly id: string; readonly at: SourceRef }[]
  /** Display names of organizations: the primary domains of their directories. */
  readonly domains: readonly string[]
}

export interface RoleState {
  readonly name: string
  readonly title: string | null
  /** Null: its definition was not imported. */
  readonly permissions: readonly number[] | null
}

export interface BindingState {
  readonly scope: string
  readonly role: number
  readonly members: readonly number[]
  readonly condition: { readonly title: string; readonly expression: string } | null
  /** What must be done before it is in effect, in words; null: nothing. */
  readonly after: string | null
  readonly at: SourceRef
}

export interface GroupState {
  readonly members: readonly number[]
  /** Where each membership stands, in the order of `members`. */
  readonly at: readonly SourceRef[]
}

export interface DenyState {
  readonly attachedTo: string
  readonly name: string
  /** Null: a listing left them out. */
  readonly rules: readonly DenyRule[] | null
  readonly at: SourceRef
}

/** A principal access boundary and what binds it. */
export interface BoundState {
  readonly boundary: Boundary
  readonly at: SourceRef
}

/** A provider of a workload identity pool: whose tokens the pool accepts. */
export interface ProviderState {
  readonly name: string
  readonly pool: string
  readonly issuer: string | null
  /** Of an OIDC provider; empty: the provider's own name. */
  readonly audiences: readonly string[]
  readonly awsAccount: string | null
  readonly mapping: ReadonlyMap<string, string>
  readonly condition: string | null
  readonly active: boolean
  readonly at: SourceRef
}

export interface ServiceAccountState {
  readonly email: string
  readonly uniqueId: string | null
  readonly at: SourceRef
}
