import type { Json, Place } from '../../graph/index.ts'

/** One policy of a set, as written and as Cedar reads it. */
export interface Policy {
  /** Its `@id`. */
  readonly id: string
  readonly text: string
  readonly effect: 'permit' | 'forbid'
  readonly annotations: ReadonlyMap<string, string>
  readonly place: Place
  /** Which requests it can say anything about. */
  readonly scope: Scope
  /** Its conditions, all of which must hold (`when`) or fail (`unless`). */
  readonly conditions: readonly Condition[]
}

export interface Condition {
  readonly kind: 'when' | 'unless'
  readonly body: Json
}

/**
 * The scope of a policy: `undefined` is anything. A principal or resource in scope is one of the named entities or stands
 * in one of them; Cedar never evaluates the conditions of a policy whose scope does not fit.
 */
export interface Scope {
  readonly actions: readonly string[] | undefined
  readonly principal: EntityName | undefined
  readonly resource: EntityName | undefined
}

export interface EntityName {
  /** Without the namespace: `Group`. */
  readonly type: string
  readonly id: string
}

/** A file of policies, as the caller has read it. */
export interface PolicyFile {
  readonly path: string
  readonly text: string
}

/** Something that is wrong with a policy set. */
export interface Offence {
  readonly rule: OffenceRule
  /** Id of the policy, where one can be named. */
  readonly policy?: string
  readonly says: string
  readonly place: Place
  readonly remedy?: string
}

export const OFFENCE_RULES = [
  'syntax',
  'id',
  'schema',
  'impossible',
  'may-fail',
  'annotation',
  'quorum',
  'monotone',
  'self-approval',
  'break-glass',
] as const
export type OffenceRule = (typeof OFFENCE_RULES)[number]
