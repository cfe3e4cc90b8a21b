import type { Evidence } from './evidence.ts'
import type { NodeId } from './ids.ts'

/** Rising. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A concrete change that ends the finding: text to apply, never applied by Gomeisa itself. */
export interface Remedy {
  readonly says: string
  /** `diff`: unified diff of a policy document. `command`: lines for the cloud's own command-line tool. */
  readonly format: 'diff' | 'command'
  readonly text: string
}

/** One thing wrong with one subject. Without evidence it does not compile. */
export interface Finding {
  /** Stable over snapshots: rule, subject and discriminator, hashed. */
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly subject: NodeId
  /** Container it counts for (account, project, subscription …); null for the directory or organization as a whole. */
  readonly scope: NodeId | null
  /** One sentence with the facts of this case. */
  readonly says: string
  /** `certain`; or `assumed`: it holds if the missing facts change nothing, which are named. */
  readonly confidence: 'certain' | 'assumed'
  readonly assumes: readonly string[]
  readonly evidence: Evidence
  readonly remedy: Remedy
}
