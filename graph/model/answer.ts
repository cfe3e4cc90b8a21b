import type { NonEmpty } from './brand.ts'
import type { SourceRef } from './evidence.ts'

/** One statement, binding or assignment that had a say, or a layer that said nothing. */
export interface Reason {
  /** The layer it belongs to, in the cloud's own words: `identity policy`, `service control policy`, `allow policy` … */
  readonly layer: string
  readonly effect: 'allow' | 'deny' | 'none'
  /** One sentence: `statement DeployLambda of policy ci-deploy allows lambda:*`. */
  readonly says: string
  readonly at: SourceRef | null
}

/** A condition that is left: the answer holds where it holds. */
export interface Residual {
  /** Readable: `aws:SourceIp is in 10.0.0.0/8`. */
  readonly says: string
  /** The condition as it stands in the policy, when it stands in one. */
  readonly raw?: string
}

/** A fact that is missing, and what it would have told. */
export interface Missing {
  /** The key of a gap or of a construct that is not evaluated. */
  readonly what: string
  readonly says: string
}

export type Decision = 'allowed' | 'allowed-if' | 'denied' | 'unknown'

/**
 * May this principal do this action on this resource?
 * `unknown` also carries `otherwise`: the answer that the imported facts give when every missing fact changes nothing.
 */
export type Answer =
  | { readonly decision: 'allowed'; readonly because: NonEmpty<Reason> }
  | {
      readonly decision: 'allowed-if'
      readonly conditions: NonEmpty<Residual>
      readonly because: NonEmpty<Reason>
    }
  | { readonly decision: 'denied'; readonly because: NonEmpty<Reason> }
  | {
      readonly decision: 'unknown'
      readonly missing: NonEmpty<Missing>
      readonly otherwise: 'allowed' | 'allowed-if' | 'denied'
      readonly conditions: readonly Residual[]
      readonly because: readonly Reason[]
    }
