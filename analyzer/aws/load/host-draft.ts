import type { SourceRef } from '../../../graph/index.ts'
import type { HostRecord } from './host-shapes.ts'

/** What is known of a resource that can run with a role, from all that was read. */
export interface HostDraft extends HostRecord {
  readonly account: string
  readonly at: SourceRef
}
