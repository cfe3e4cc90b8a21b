import type { Target as Asked } from '../../../grants/escalation/target.ts'
import type { On } from '../../techniques/technique.ts'

/** What a technique of this cloud is asked about. */
export type Target = Asked<On>
