import type { NodeId } from '../../../../graph/index.ts'
import type { Joint } from './joint.ts'
import { rank } from './joint.ts'
import type { Target } from './target.ts'

/** How surely grantees are told to become what targets mean: 0 certain, 1 conditional, 2 unknown. */
export class Told {
  private readonly byEnds = new Map<readonly NodeId[], Map<number, number>>()
  private readonly byEnd = new Map<NodeId, Map<number, number>>()

  note(target: Target, joint: Joint, certainty: number): void {
    const [only, ...others] = joint.who
    if (only === undefined || others.length > 0) return
    const places = this.placeOf(target, true)
    places?.set(only, Math.min(certainty, places.get(only) ?? certainty))
  }

  /**
   * Whether nothing is left to tell of a grantee, or of anybody whom it means, by a way that is at best as sure as `least`.
   */
  covers(target: Target): (grantee: number, least: number) => boolean {
    const own = this.placeOf(target, false)
    const shared = target.among === undefined ? undefined : this.byEnds.get(target.among)
    return (grantee, least) => (own?.get(grantee) ?? 3) <= least || (shared?.get(grantee) ?? 3) <= least
  }

  private placeOf({ ends, among }: Target, isMade: boolean): Map<number, number> | undefined {
    const [end] = ends
    const single = among !== undefined && end !== undefined
    const known = single ? this.byEnd.get(end) : this.byEnds.get(ends)
    if (known !== undefined || !isMade) return known
    const made = new Map<number, number>()
    if (single) this.byEnd.set(end, made)
    else this.byEnds.set(ends, made)
    return made
  }
}

/** How sure a way is at best, by what its technique and its target leave open. */
export function leastOf(target: Target, assumes: string | undefined, missing: string | undefined): number {
  if (missing !== undefined || target.doubts.length > 0) return 2
  return assumes === undefined ? 0 : 1
}

/** How sure a joint is under that. */
export function certaintyOf(joint: Joint, least: number): number {
  return Math.max(rank(joint), least)
}
