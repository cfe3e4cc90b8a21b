/** What every technique has, whatever its cloud: what comes of it, and what is left open about it. */
export interface Escalation {
  /** The `rule` of the edges that it makes. */
  readonly id: string
  /** The label of its edges, in few words. */
  readonly label: string
  /** What the actor does, put after its name; `{whom}` stands for what it gets. */
  readonly says: string
  /** `become`: the actor acts as whom it takes. The others are levels of access to a container or resource. */
  readonly effect: 'become' | 'administer' | 'write' | 'read'
  /** What no export tells, in words: a condition of the edge. */
  readonly assumes?: string
  /** What an export could tell and this version does not read: the edge is unknown. */
  readonly missing?: string
}

/** A permission, and on what it is needed. */
export interface Needed<On extends string> {
  readonly permission: string
  readonly on: On
}
