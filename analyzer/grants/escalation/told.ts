import type { NodeId } from '../../../graph/index.ts'
import type { Joint } from './joint.ts'
import { rank } from './joint.ts'
import type { Target } from './target.ts'

/** How surely grantees are told to become what targets mean: 0 certain, 1 conditional, 2 unknown. */
export class Told {
  private readonly byEnds = new Map<readonly NodeId[], Map<number, number>>()

  note({ ends }: Target, joint: Joint, certainty: number): void {
    const [only, ...others] = joint.who
    if (only === undefined || others.length > 0) return
    let known = this.byEnds.get(ends)
    if (known === undefined) {
      known = new Map()
      this.byEnds.set(ends, known)
    }
    known.set(only, Math.min(certainty, known.get(only) ?? certainty))
  }

  /**
   * Whether nothing is left to tell of a grantee, or of anybody whom it means, by a way that is at best as sure as `least`.
   */
  covers({ ends, among }: Target): (grantee: number, least: number) => boolean {
    const own = this.byEnds.get(ends)
    const others = (among ?? []).map((list) => this.byEnds.get(list))
    const isTold = (
      known: ReadonlyMap<number, number> | undefined,
      grantee: number,
      least: number,
    ): boolean => (known?.get(grantee) ?? 3) <= least
    return (grantee, least) =>
      isTold(own, grantee, least) ||
      (others.length > 0 && others.every((known) => isTold(known, grantee, least)))
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
