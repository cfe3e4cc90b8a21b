import type { NodeId } from './ids.ts'

/** How risky an identity is, and why. The model is described in `docs/risk.md`. */
export interface IdentityRisk {
  readonly node: NodeId
  /** 0 … 100, whole numbers; `low` and `high` are what it could be once the missing facts are known. */
  readonly score: number
  readonly low: number
  readonly high: number
  /** What makes it so, in few words each, most telling first. */
  readonly because: readonly string[]
}
