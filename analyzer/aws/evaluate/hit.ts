import type { Residual } from '../../../graph/index.ts'
import type { Truth } from './truth.ts'

/** A statement that applies to a request, in the policy where it stands. */
export interface Hit {
  readonly use: number
  readonly statement: number
  /** Its place in the document. */
  readonly index: number
  readonly allow: boolean
  /** `TRUE` or `IF`. */
  readonly truth: Truth
  /** How a resource policy names the principal; only for those. */
  readonly grant?: 'direct' | 'role' | 'account' | 'kms-grant'
  /** Its layer, when it is not that of the policy beside which it decides. */
  readonly layer?: string
  /** What must still hold; empty when it applies for certain. */
  readonly residuals: readonly Residual[]
}
