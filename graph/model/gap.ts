import type { Cloud } from './cloud.ts'

/**
 * Something that was not seen. A gap can turn an answer into `unknown`, never into `denied`.
 * `kind`: `refused`, the cloud refused the call to the exporter; `not-collected`, nobody made the call or gave the file;
 * `truncated`, the answer says that it goes on.
 */
export interface Gap {
  readonly kind: 'refused' | 'not-collected' | 'truncated'
  readonly cloud: Cloud
  /** Where it matters: an account, project, subscription or organization id; `*` for the whole cloud. */
  readonly scope: string
  /** What is missing, a stable key of the cloud's coverage table: `service-control-policies`, `group-memberships` … */
  readonly what: string
  /** One sentence a person understands: what cannot be known because of it. */
  readonly consequence: string
  /** The read-only command, or the permission, that would fill it. */
  readonly remedy: string
}

/** A construct that was seen but is not evaluated by this version. It makes the answers it touches `unknown`. */
export interface NotEvaluated {
  readonly cloud: Cloud
  /** A stable key: `deny-policy`, `session-policy`, `abac-condition` … */
  readonly construct: string
  readonly title: string
  readonly count: number
}
