import type { Evidence, Instant, NodeId, Remedy } from '../../graph/index.ts'

interface FactBase {
  readonly evidence: Evidence
  /** The concrete change that would end it, written by the cloud's analyzer, which knows its policy language and tool. */
  readonly remedy: Remedy
  /** Missing facts that could change it, in words; empty when it is certain. */
  readonly assumes: readonly string[]
}

/** Can do everything in a scope, or give itself the right to: standing, not activated. */
export interface AdministratorFact extends FactBase {
  readonly fact: 'administrator'
  readonly principal: NodeId
  /** The account, project, folder, subscription, management group, organization or tenant. */
  readonly scope: NodeId
  /** What makes it one, in few words: `AdministratorAccess`, `roles/owner`, `Global Administrator`. */
  readonly via: string
}

/** Holds far-reaching rights in a scope without being its administrator. */
export interface PrivilegedFact extends FactBase {
  readonly fact: 'privileged'
  readonly principal: NodeId
  readonly scope: NodeId
  readonly via: string
}

/** Someone outside the estate may act as a principal of it. */
export interface ExternalTrustFact extends FactBase {
  readonly fact: 'external-trust'
  /** Who is trusted: an external account, tenant, identity provider or user. */
  readonly trusted: NodeId
  /** The principal, or the resource, that trusts. */
  readonly trusting: NodeId
  /** A condition that narrows who (external id, organization, subject, MFA …) is present. */
  readonly narrowed: boolean
}

/** A trust in an identity provider lets in others than those who can be meant. */
export interface OpenTrustFact extends FactBase {
  readonly fact: 'open-trust'
  /** The identity provider. */
  readonly trusted: NodeId
  readonly trusting: NodeId
  /** `stranger`: any tenant of a shared provider; `guest`: anybody, without signing in; `own`: anything of one's own provider. */
  readonly kind: 'stranger' | 'guest' | 'own'
  /** Who is let in, in words. */
  readonly who: string
  /** A token that is let in, in words: the proof. */
  readonly token: string
  /** What must hold that no token tells, in words. */
  readonly conditions: readonly string[]
}

/** Anyone on the Internet, or anyone with any account of the cloud. */
export interface PublicAccessFact extends FactBase {
  readonly fact: 'public-access'
  readonly resource: NodeId
  readonly audience: 'anyone' | 'any-account'
  /** What they may do: `read objects`, `assume role`. */
  readonly may: string
  /** Residual conditions narrow it. */
  readonly conditional: boolean
}

/** May hand any role (or any service account) to a service. */
export interface PassAnyRoleFact extends FactBase {
  readonly fact: 'pass-any-role'
  readonly principal: NodeId
  readonly scope: NodeId
}

/** An active long-lived key. */
export interface LongLivedKeyFact extends FactBase {
  readonly fact: 'long-lived-key'
  readonly principal: NodeId
  readonly keyId: string
  /** A user's access key, the user-managed key of a service account, or what an application signs in with. */
  readonly secret: 'access-key' | 'service-account-key' | 'client-secret'
  /** Absent when the export does not say. */
  readonly created?: Instant
  readonly lastUsed?: Instant | 'never'
}

/** A basic role (owner, editor, viewer) bound on a project. */
export interface BasicRoleFact extends FactBase {
  readonly fact: 'basic-role'
  readonly principal: NodeId
  readonly scope: NodeId
  readonly role: string
}

/** A privileged service principal or application nobody owns; only when owners were exported. */
export interface OwnerlessFact extends FactBase {
  readonly fact: 'ownerless'
  readonly principal: NodeId
}

/** What findings are made of: facts about one estate, told by the clouds' analyzers in neutral words. */
export type Fact =
  | AdministratorFact
  | PrivilegedFact
  | ExternalTrustFact
  | OpenTrustFact
  | PublicAccessFact
  | PassAnyRoleFact
  | LongLivedKeyFact
  | BasicRoleFact
  | OwnerlessFact
