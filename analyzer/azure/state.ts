import type { Residual, SourceRef } from '../../graph/index.ts'
import type { GapState } from '../grants/gaps.ts'

/** The engine's state: plain, structured-clonable. Ids are lower-case; roles and principals are referred to by index. */
export interface AzureState {
  readonly tenant: string
  readonly principals: readonly PrincipalState[]
  readonly roles: readonly RoleState[]
  readonly assignments: readonly AssignmentState[]
  readonly groups: ReadonlyMap<number, GroupState>
  /** Management group or subscription → its parent management group. */
  readonly parents: ReadonlyMap<string, string>
  /** Management groups that are known to have no parent. */
  readonly roots: ReadonlySet<string>
  readonly denies: readonly DenyState[]
  readonly gaps: readonly GapState[]
  readonly federated: readonly FederatedState[]
  /**
   * Audiences that the tenant's workloads can get tokens for: client ids and identifier URIs of what it has; null: not imported.
   */
  readonly audiences: readonly string[] | null
  /** What owners were exported for: application or service principal → owners. */
  readonly owners: ReadonlyMap<string, readonly OwnerState[]>
  /** Application → its service principals in this tenant. */
  readonly identities: ReadonlyMap<string, readonly string[]>
  /** Administrative unit → the object ids in it; null: its members were not imported, or not all of them. */
  readonly units: ReadonlyMap<string, UnitState>
  /** Who may become a member of a group by Privileged Identity Management, by group. */
  readonly eligibleMembers: readonly EligibleMemberState[]
  /** Who may become an owner of a group, likewise. */
  readonly eligibleOwners: readonly EligibleMemberState[]
  /** What activations ask for, by `activationKey`. */
  readonly activations: ReadonlyMap<string, ActivationState>
  /** What is known of groups besides their members. */
  readonly groupKinds: ReadonlyMap<string, GroupKindState>
  /** Application permissions that were granted to service principals. */
  readonly appRoles: readonly AppRoleState[]
  /** Delegated permissions that applications have. */
  readonly delegated: readonly DelegatedState[]
  /** ARM id of a user-assigned identity → object id of its service principal. */
  readonly userAssigned: ReadonlyMap<string, string>
  /** Resource → object ids of the identities it runs as. */
  readonly runsAs: readonly {
    readonly resource: string
    readonly principal: string
    readonly at: SourceRef
  }[]
}

/** `unknown`: an id that no export describes. */
export type PrincipalKind =
  'user' | 'group' | 'service-principal' | 'managed-identity' | 'application' | 'unknown'

export interface PrincipalState {
  readonly id: string
  readonly kind: PrincipalKind
  readonly name: string
  /** Another tenant that it belongs to and of which nothing was imported: nobody who was imported is in it, if it is a group. */
  readonly outside?: string
}

export interface RoleState {
  /** The last step of its id: a GUID. */
  readonly id: string
  readonly name: string
  /** A directory (Entra) role; else an Azure (ARM) role. */
  readonly directory: boolean
  /** Where a custom role may be assigned; null: it is built in, or no export tells. */
  readonly assignable?: readonly string[] | null
  /** Null: its definition was not imported. */
  readonly blocks: readonly BlockState[] | null
  /** Why it is not certain that it gives what its blocks say. */
  readonly doubt?: string
}

/** One permission block, texts as written. Of directory roles, `actions` are the allowed resource actions. */
export interface BlockState {
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
  readonly condition: string | null
}

export interface AssignmentState {
  /** Id to delete it by; empty when the export does not tell. */
  readonly id: string
  /** ARM scope; for directory roles `directory:` and the directory scope. */
  readonly scope: string
  readonly role: number
  readonly principal: number
  readonly condition: string | null
  /** The export leaves conditions out: there may be one. */
  readonly mayHaveCondition: boolean
  /** It has to be activated first (Privileged Identity Management); until then it gives nothing. */
  readonly eligible: boolean
  /** It is an authorization of Azure Lighthouse. */
  readonly delegation?: DelegationState
  readonly at: SourceRef
}

/** What Azure Lighthouse gives a principal of the managing tenant. */
export interface DelegationState {
  readonly registration: string
  /** The managing tenant: its name, else its id. */
  readonly tenant: string
  /** What has to hold: the activation, or which roles may be assigned. */
  readonly limits: readonly Residual[]
}

/** An administrative unit. */
export interface UnitState {
  readonly name: string
  readonly members: ReadonlySet<string> | null
  /** Only roles assigned on the unit itself change what is in it; null: no export tells. */
  readonly restricted: boolean | null
}

/** Who can become a member, or an owner, of a group for a while. */
export interface EligibleMemberState {
  readonly group: number
  readonly principal: number
  readonly at: SourceRef
}

/** What the activation of a role or membership asks for. */
export interface ActivationState {
  /** `MultiFactorAuthentication`, `Justification`, `Ticketing`; sorted. */
  readonly enabled: readonly string[]
  /** Object ids of the users and groups that approve, none: the service's default approvers; null: nobody has to approve. */
  readonly approval: readonly string[] | null
  /** An authentication context of conditional access that must be met; null: none. */
  readonly context: string | null
  /** How long an activation lasts at most, as ISO 8601 writes it; null: no export tells it. */
  readonly maximum: string | null
  readonly at: SourceRef
}

/** Null: no export tells it. */
export interface GroupKindState {
  readonly roleAssignable: boolean | null
  readonly dynamic: boolean | null
  /** A Microsoft 365 group; else a security group. */
  readonly unified: boolean | null
  /** Its members are those of a group elsewhere, and cannot be changed here. */
  readonly synced: boolean
}

export interface AppRoleState {
  /** The service principal that has the permission. */
  readonly principal: number
  /** Id of the permission: a GUID. */
  readonly appRole: string
  /** Whether it is one of Microsoft Graph's; null: the service principal of the API was not imported. */
  readonly ofGraph: boolean | null
  readonly at: SourceRef
}

/** Delegated permissions of one API that reach far, given to an application for one user or for every user. */
export interface DelegatedState {
  /** The service principal of the application. */
  readonly client: number
  /** Null: every user of the tenant. */
  readonly user: number | null
  /** Client id of the API; null: its service principal was not imported. */
  readonly api: string | null
  /** In lower case. */
  readonly scopes: readonly string[]
  readonly at: SourceRef
}

export interface GroupState {
  readonly members: readonly number[]
  readonly at: readonly SourceRef[]
}

export interface DenyState {
  readonly name: string
  readonly scope: string
  readonly onlyHere: boolean
  readonly everyone: boolean
  readonly principals: readonly string[]
  readonly excluded: readonly string[]
  readonly blocks: readonly BlockState[]
  readonly condition: string | null
  readonly at: SourceRef
}

/** A federated credential of an application or user-assigned identity. */
export interface FederatedState {
  /** Object id of the application, or object id of the service principal of a managed identity. */
  readonly of: string
  readonly name: string
  readonly issuer: string
  /** Null: told by an expression. */
  readonly subject: string | null
  readonly expression: string | null
  readonly audiences: readonly string[]
  readonly at: SourceRef
}

export interface OwnerState {
  readonly owner: string
  readonly at: SourceRef
}
