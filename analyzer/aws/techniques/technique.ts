import type { HostType } from './host-types.ts'

/**
 * One way of getting the rights of another identity, or all rights of an account: what must be allowed on what, what the
 * estate must be like, and what comes of it. Data only; `derive/escalation/` interprets it with the decision engine.
 * Permissions and prerequisites follow the path of pathfinding.cloud (Datadog, Apache-2.0) that is named, where one is,
 * checked against the page of AWS that is named.
 */
export interface Technique {
  /** The `rule` of the edges that it makes. */
  readonly id: string
  /** The path's id at pathfinding.cloud; absent: from AWS's own documentation only. */
  readonly pathfinding?: string
  /** The label of its edges, in few words. */
  readonly label: string
  /** What the actor can do, put after its name; `{whom}` stands for the one whose rights it gets. */
  readonly says: string
  /** Only a user, or only a role, can use it. */
  readonly actor?: 'user' | 'role'
  readonly whom: Whom
  /** `become`: the actor acts as whom it takes. `administer`: it has every right of that one's account. */
  readonly effect: 'become' | 'administer'
  readonly needs: readonly [Need, ...Need[]]
  /** What must be so, besides what `whom` says. */
  readonly state: readonly Fact[]
  /** What no export tells, in words: a condition of the edge. */
  readonly assumes?: string
  /** What takes the way away, in one sentence. */
  readonly remedy: string
  /** Where AWS documents what makes it work. */
  readonly source: string
}

/** Whose rights are taken. */
export type Whom =
  /** The actor itself gets more. */
  | { readonly kind: 'self' }
  /** Another identity of the actor's account. */
  | { readonly kind: 'user' | 'role' | 'group' }
  /** A role of the actor's account that lets one of the services act as it, handed over to that service. */
  | { readonly kind: 'passed-role'; readonly services: readonly string[] }
  /** The role that an existing resource runs with. */
  | { readonly kind: 'host'; readonly type: HostType }
  /** A role, of whatever account, that the actor can assume. */
  | { readonly kind: 'assumable-role' }

/** One permission, and on what it must be held. */
export interface Need {
  readonly action: string
  readonly on: On
}

export type On =
  /** The user, role or group whose rights are taken; the actor itself for `self`; the role that is passed. */
  | 'whom'
  /** The resource that runs with the role. */
  | 'resource'
  /** A group that the actor is in. */
  | 'group-of-whom'
  /** A customer managed policy that is attached to it. */
  | 'policy-of-whom'
  /** Nothing in particular: the action knows no resource. */
  | '*'
  /** Something the actor makes or chooses: any ARN of the pattern; `{account}` is its account's id. */
  | { readonly any: string }
  /** A resource of the type that is there already. */
  | { readonly some: HostType }

/** What a target must be like. What the export does not tell is a condition of the edge, never a no. */
export type Fact =
  | 'fewer-than-two-keys'
  | 'two-keys'
  | 'password'
  | 'no-password'
  | 'instance-profile'
  | 'assumes-roles'
  | 'fewer-than-five-versions'
  | 'five-versions'
  | 'broad-version'
  | 'running'
  | 'session-manager'
  | `exists:${HostType}`

/** The actions of a technique, without repetition. */
export function actionsOf({ needs }: Technique): readonly string[] {
  return [...new Set(needs.map((need) => need.action))]
}
