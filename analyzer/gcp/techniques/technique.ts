import type { NonEmpty } from '../../../graph/index.ts'
import type { Escalation, Needed } from '../../grants/escalation/technique.ts'

/**
 * One way of getting the rights of a service account or workload, or power over a container or resource: what must be
 * allowed on what, what the estate must be like, and what comes of it. Data only; `derive/escalation/` interprets it with
 * the decision engine. Permissions are spelled as in allow policies.
 */
export interface Technique extends Escalation {
  readonly whom: Whom
  /** Any of these; each: all of its permissions together. */
  readonly ways: NonEmpty<NonEmpty<Need>>
  /** One of these asset types must be in the project of `whom`. */
  readonly exists?: NonEmpty<string>
  /** What takes the way away, in one sentence. */
  readonly remedy: string
  /** Where Google documents what makes it work. */
  readonly source: string
}

/** Whose rights, or power over what. */
export type Whom =
  /** Containers that hold, or are, one of the type. */
  | { readonly kind: 'container'; readonly type: 'projects' | 'folders' | 'organizations' }
  /** What the actor's own custom roles are bound on. */
  | { readonly kind: 'custom-role' }
  /** A service account of the estate. */
  | { readonly kind: 'account' }
  /** Service accounts that the account `whom` can get tokens of. */
  | { readonly kind: 'delegated' }
  /** The service account that a resource of one of the asset types runs as. */
  | { readonly kind: 'host'; readonly types: NonEmpty<string> }
  /** An account of a project that one of Google's services uses there. */
  | { readonly kind: 'agent'; readonly agent: Agent }
  /** The workloads of a project's clusters, and the service accounts of their nodes. */
  | { readonly kind: 'workload' }
  /** The identities of a project's workload identity pools. */
  | { readonly kind: 'pool' }
  /** Crown jewels of the asset type. */
  | { readonly kind: 'jewel'; readonly type: string }

/** `apis`: `NUMBER@cloudservices…`; `build`: `NUMBER@cloudbuild…`. */
export type Agent = 'apis' | 'build'

export type Need = Needed<On>

/**
 * `whom`: the service account, or the container or resource itself. `project`: the project of the account, host, cluster or
 * pool. `resource`: the host. `role`: what the custom role is defined in.
 */
export type On = 'whom' | 'project' | 'resource' | 'role'

/** The permissions of a technique, without repetition. */
export function permissionsOf({ ways }: Technique): readonly string[] {
  return [...new Set(ways.flat().map(({ permission }) => permission))]
}
