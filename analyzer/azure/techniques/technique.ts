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
  /** Crown jewels of the type. */
  | { readonly kind: 'jewel'; readonly type: string }

export type Need = Needed<On>

/**
 * `whom`: the identity, or the scope or resource itself. `resource`: the host. `place`: one scope on which all of these are
 * allowed, any: a container, or a resource of the type `at`. `role`: each scope on which the custom role is defined.
 */
export type On = 'whom' | 'resource' | 'place' | 'role'
