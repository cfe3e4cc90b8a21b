import type { JsonObject } from '../graph/index.ts'

/** The answer to one request that carries everything it is decided by. */
export interface SimulatedDecision {
  readonly decision: 'allowed' | 'conditional' | 'denied-explicit' | 'denied-implicit' | 'unknown'
  /** The layer of policies that decided, or that leaves it open, in the cloud's own words. */
  readonly decidedBy: string
  /** What must be true, of `conditional`. */
  readonly residual?: string
  /** The facts that are missing, of `unknown`. */
  readonly missing?: readonly string[]
  readonly because: readonly {
    readonly layer: string
    readonly effect: 'allow' | 'deny' | 'none'
    readonly says: string
  }[]
}

/** A request that is not one: where in it (JSON pointer), what is wrong, what to do. */
export interface BadRequest {
  readonly pointer: string
  readonly wrong: string
  readonly remedy: string
}

/** One cloud's decision logic over requests that carry everything; pure. Its JSON is described in docs/schema. */
export type Simulate = (request: JsonObject) => SimulatedDecision | BadRequest

export function isBadRequest(outcome: SimulatedDecision | BadRequest): outcome is BadRequest {
  return 'wrong' in outcome
}
