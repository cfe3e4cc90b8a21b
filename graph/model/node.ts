import { CONTAINER_TITLES, type Cloud } from './cloud.ts'
import type { SourceRef } from './evidence.ts'
import type { Instant, NodeId } from './ids.ts'
import type { PersonIdentifier } from './person-identifier.ts'

interface NodeBase {
  readonly id: NodeId
  readonly cloud: Cloud
  /** Short display name: `ci-deploy`, `ana@example.com`, `payroll-exports`. */
  readonly name: string
  /** The container it lives in (account, project, subscription, directory); null for what lives in none. */
  readonly scope: NodeId | null
  /** Tags and labels as pairs, sorted by key. */
  readonly tags: readonly (readonly [key: string, value: string])[]
  /** Where it is described; null for something that is only referred to. */
  readonly seen: SourceRef | null
}

export const PRINCIPAL_TYPES = [
  'user',
  'group',
  'role',
  'service-account',
  'service-principal',
  'application',
  'managed-identity',
  'federated',
  'service',
  'account',
  'domain',
  'public',
] as const
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number]

/** A secret a principal can be used with. Never the secret itself. `active` false: it exists but does not work now. */
export interface Credential {
  readonly type: 'password' | 'access-key' | 'key' | 'certificate' | 'client-secret' | 'federated'
  readonly id: string
  readonly active: boolean
  readonly created?: Instant
  readonly expires?: Instant
  /** `never` is known never to have been used; absent is unknown. */
  readonly lastUsed?: Instant | 'never'
}

/** Who can act: a person, a workload, or a set of them. Absent attributes are unknown, not false. */
export interface PrincipalNode extends NodeBase {
  readonly kind: 'principal'
  readonly type: PrincipalType
  /** A natural person stands behind it. Absent: not known. */
  readonly human?: boolean
  readonly email?: string
  /** What tells whose account it is. */
  readonly identifiers?: readonly PersonIdentifier[]
  /** The first of the accounts that are certainly the same person's; absent: it is alone, or the first itself. */
  readonly person?: NodeId
  readonly enabled?: boolean
  readonly mfa?: boolean
  readonly guest?: boolean
  /** Stands for many principals in paths (`role NAME in 40 accounts`): it is none itself, and nobody can be asked about it. */
  readonly many?: true
  /** Its account, project or tenant is not one of the imported estate. */
  readonly external?: boolean
  readonly created?: Instant
  /** When it was last seen acting; `never` is known never to have acted; absent is unknown. */
  readonly lastUsed?: Instant | 'never'
  /** Not seen acting in so many days before the export; the cloud remembers no longer. Only without `lastUsed`. */
  readonly unusedForDays?: number
  readonly credentials?: readonly Credential[]
}

/** Something with data or power in it: a bucket, a key, a dataset, a machine. `type` is the cloud's own type name. */
export interface ResourceNode extends NodeBase {
  readonly kind: 'resource'
  readonly type: string
}

export type Environment = 'production' | 'staging' | 'development' | 'security'

/** What holds other things: organization, organizational unit, folder, management group, account, project, subscription, tenant. */
export interface ContainerNode extends NodeBase {
  readonly kind: 'container'
  /** `folder`: what holds accounts; `account`: what holds resources; `group`: a part of an account. */
  readonly type: 'organization' | 'folder' | 'account' | 'group'
  /** Told from tags, else from the words of its name or its parents' names; absent when neither says. */
  readonly environment?: Environment
}

export type GraphNode = PrincipalNode | ResourceNode | ContainerNode

/** The type of a node in the words of its cloud: a subscription is an `account` of ours. */
export function typeInWords(node: GraphNode): string {
  return node.kind === 'container' ? CONTAINER_TITLES[node.cloud][node.type] : node.type
}
