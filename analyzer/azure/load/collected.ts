import type { Instant, PrincipalNode, SourceRef } from '../../../graph/index.ts'
import type {
  ActivationState,
  BlockState,
  DenyState,
  FederatedState,
  GroupKindState,
  PrincipalKind,
} from '../state.ts'

/** What the readers found; ids lower-case. */
export interface Collected {
  readonly takenAt: Instant
  tenant: string | null
  /** What people call the tenant. */
  tenantName: string | null
  readonly principals: Map<string, CollectedPrincipal>
  /** Application id (client id) → application object. */
  readonly applications: Map<string, string>
  /** ARM id of a user-assigned identity → object id of its service principal. */
  readonly identityIds: Map<string, string>
  readonly roles: Map<
    string,
    {
      readonly name: string
      readonly directory: boolean
      readonly assignable: readonly string[] | null
      readonly blocks: readonly BlockState[]
    }
  >
  /** Names of roles whose definition was not given. */
  readonly roleNames: Map<string, string>
  readonly assignments: Map<string, CollectedAssignment>
  readonly groups: Map<string, { readonly member: string; readonly at: SourceRef }[]>
  readonly containers: Map<string, CollectedContainer>
  readonly parents: Map<string, string>
  readonly roots: Set<string>
  readonly resources: Map<string, CollectedResource>
  readonly groupKinds: Map<string, GroupKindState>
  readonly units: Map<string, CollectedUnit>
  readonly eligibleMembers: CollectedEligible[]
  readonly eligibleOwners: CollectedEligible[]
  /** By `activationKey`. */
  readonly activations: Map<string, ActivationState>
  readonly appRoles: CollectedAppRole[]
  readonly delegated: CollectedDelegation[]
  readonly denies: DenyState[]
  readonly lighthouse: CollectedLighthouse
  /** Every tenant that something imported belongs to. */
  readonly tenants: Set<string>
  /** Keyed by whatever the call named: object id, client id or ARM id. */
  readonly owners: Map<string, { readonly owner: string; readonly at: SourceRef }[]>
  readonly federated: FederatedState[]
  /** Identifier URIs and client ids, as they are spelled. */
  readonly audiences: Set<string>
}

export interface CollectedPrincipal {
  readonly kind: PrincipalKind
  readonly name: string
  readonly appId?: string
  readonly fields: Partial<Pick<PrincipalNode, PrincipalFields>>
  /** Null: only referred to. */
  readonly at: SourceRef | null
}

type PrincipalFields =
  | 'human'
  | 'email'
  | 'identifiers'
  | 'enabled'
  | 'guest'
  | 'external'
  | 'created'
  | 'lastUsed'
  | 'credentials'

export interface CollectedAssignment {
  readonly id: string
  readonly scope: string
  readonly role: string
  readonly roleName: string | null
  readonly principal: string
  readonly condition: string | null
  readonly directory: boolean
  /** The export leaves conditions out: there may be one. */
  readonly mayHaveCondition: boolean
  /** See `AssignmentState.eligible`. */
  readonly eligible: boolean
  readonly at: SourceRef
}

/** Lighthouse registrations by ARM id, lower case. */
export interface CollectedLighthouse {
  readonly definitions: Map<string, CollectedDefinition>
  readonly assignments: Map<string, CollectedRegistration>
}

/** What a registration gives to whom. */
export interface CollectedDefinition {
  readonly name: string
  readonly tenantId: string
  readonly tenantName: string | null
  readonly state: string
  readonly authorizations: readonly CollectedAuthorization[]
}

export interface CollectedAuthorization {
  readonly principal: string
  readonly name: string
  readonly role: string
  /** Roles that a User Access Administrator may assign. */
  readonly assignable: readonly string[]
  /** What the activation asks for; null: it needs none. */
  readonly activation: string | null
  readonly at: SourceRef
}

/** Where a definition holds. */
export interface CollectedRegistration {
  readonly scope: string
  readonly definition: string
  readonly state: string
}

/** An administrative unit; `members` null as long as no listing of them was read. */
export interface CollectedUnit {
  name: string
  restricted: boolean | null
  members: Set<string> | null
}

/** Who may become something of a group. */
export interface CollectedEligible {
  readonly group: string
  readonly principal: string
  readonly at: SourceRef
}

export interface CollectedAppRole {
  readonly principal: string
  readonly appRole: string
  readonly of: string
  readonly at: SourceRef
}

/** Delegated permissions of a client; `user` null: for every user. Scopes in lower case. */
export interface CollectedDelegation {
  readonly client: string
  readonly user: string | null
  readonly of: string
  readonly scopes: readonly string[]
  readonly at: SourceRef
}

export interface CollectedContainer {
  readonly name: string
  readonly tags: readonly (readonly [string, string])[]
  readonly at: SourceRef
}

export interface CollectedResource {
  readonly name: string
  readonly type: string
  readonly tags: readonly (readonly [string, string])[]
  /** Object ids of the identities it runs as. */
  readonly runsAs: readonly string[]
  readonly at: SourceRef
}

export function nothingCollected(takenAt: Instant): Collected {
  return {
    takenAt,
    tenant: null,
    tenantName: null,
    principals: new Map(),
    applications: new Map(),
    identityIds: new Map(),
    roles: new Map(),
    roleNames: new Map(),
    assignments: new Map(),
    groups: new Map(),
    containers: new Map(),
    parents: new Map(),
    roots: new Set(),
    resources: new Map(),
    groupKinds: new Map(),
    units: new Map(),
    eligibleMembers: [],
    eligibleOwners: [],
    activations: new Map(),
    appRoles: [],
    delegated: [],
    denies: [],
    lighthouse: { definitions: new Map(), assignments: new Map() },
    tenants: new Set(),
    owners: new Map(),
    federated: [],
    audiences: new Set(),
  }
}

/** Notes a principal; a description replaces a mere reference, and a known kind an unknown one. */
export function notePrincipal(into: Collected, id: string, found: CollectedPrincipal): void {
  const known = into.principals.get(id)
  if (known !== undefined && known.at !== null && found.at === null) return
  const isBetter =
    known === undefined || (known.at === null && (found.at !== null || known.kind === 'unknown'))
  if (isBetter) into.principals.set(id, found)
}
