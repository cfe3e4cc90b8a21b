import type { NonEmpty } from '../../../graph/index.ts'
import type { Escalation, Needed } from '../../grants/escalation/technique.ts'

/**
 * One way of getting the rights of an identity, or power over a scope or resource: what must be allowed on what, what the
 * estate must be like, and what comes of it. Data only; `derive/escalation/` interprets it with the decision engine.
 * Permissions are spelled as in role definitions.
 */
export interface Technique extends Escalation {
  readonly whom: Whom
  /** Any of these; each: all of its permissions together. */
  readonly ways: NonEmpty<NonEmpty<Need>>
  /** What takes the way away, in one sentence. */
  readonly remedy: string
  /** Where Microsoft documents what makes it work. */
  readonly source: string
}

/** Whose rights, or power over what. */
export type Whom =
  /** Scopes on which roles are assigned, as containers. */
  | { readonly kind: 'container' }
  /** What the actor's own custom roles are assigned on. */
  | { readonly kind: 'custom-role' }
  /** A user-assigned managed identity. `at`: the type of resource that is made with it, or changed so. */
  | { readonly kind: 'identity'; readonly at?: string }
  /** The identities that a resource of one of the types runs as. */
  | { readonly kind: 'host'; readonly types: NonEmpty<string> }
  /** The directory: whoever assigns its roles. */
  | { readonly kind: 'directory' }
  /** Service principals of applications of this tenant that can do something. */
  | { readonly kind: 'application' }
  /** Groups that can do something. */
  | { readonly kind: 'group'; readonly of: GroupOf }
  /** Users who can do something. `all`: also those whom only few may reset. */
  | { readonly kind: 'user'; readonly of: 'all' | 'by-role' | 'without-role' }
  /** Crown jewels of the type. */
  | { readonly kind: 'jewel'; readonly type: string }

/**
 * `assigned`: members are assigned to it, and it takes no directory roles; `security`, `unified`: those of this type;
 * `dynamic`: a rule tells its members; `role`: it takes directory roles.
 */
export type GroupOf = 'assigned' | 'security' | 'unified' | 'dynamic' | 'role'

export type Need = Needed<On>

/**
 * `whom`: the identity, or the scope or resource itself. `resource`: the host. `place`: one scope on which all of these are
 * allowed, any: a container, or a resource of the type `at`. `role`: each scope on which the custom role is defined.
 * `application`: the application of the service principal. `directory`: the whole of it. `graph`: not a permission of a role,
 * but an application permission of Microsoft Graph.
 */
export type On = 'whom' | 'resource' | 'place' | 'role' | 'application' | 'directory' | 'graph'
