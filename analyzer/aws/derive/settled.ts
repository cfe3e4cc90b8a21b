import { nodeId, type Certainty, type NodeId } from '../../../graph/index.ts'
import { CERTAINTIES, rankOf } from './certainty-rank.ts'
import type { Administrator } from './administrators.ts'
import type { Allowed, Judge } from './judge.ts'

/**
 * Keeps edges few: who is an administrator of its account, or can become one, reaches everything in it that way, so
 * further ways to identities of the same account are told only while they are surer.
 */
export class Settled {
  private readonly administrators = new Map<NodeId, number>()
  /** How sure the best way to administer the account is, by principal. */
  private readonly best = new Map<number, number>()

  constructor(judge: Judge, administrators: ReadonlyMap<number, Administrator>) {
    for (const { principal, allowed } of administrators.values()) {
      this.administrators.set(judge.estate.nodeOf(principal), rankOf(allowed.certainty))
      this.best.set(principal, rankOf(allowed.certainty))
    }
  }

  /** Records that a principal administers its account in a way that `administrators` does not hold. */
  administers(principal: number, certainty: Certainty): void {
    const rank = rankOf(certainty)
    this.best.set(principal, Math.min(rank, this.best.get(principal) ?? rank))
  }

  /** Whether a way that is as sure leads to an administrator already. */
  knows(principal: number, rank: number): boolean {
    return (this.best.get(principal) ?? CERTAINTIES.length) <= rank
  }

  /** Nothing more is to be told of a principal. */
  isDone(principal: number): boolean {
    return this.best.get(principal) === 0
  }

  /** Targets with administrators first, surest first, so that the others are often not looked at. */
  ordered<T>(targets: readonly T[], arnOf: (target: T) => string): readonly T[] {
    const last = CERTAINTIES.length
    const ranked = targets.map((target) => ({
      target,
      rank: this.administrators.get(nodeId('aws', arnOf(target))) ?? last,
    }))
    return ranked.sort((a, b) => a.rank - b.rank).map(({ target }) => target)
  }

  /** Records that a principal can become a target. */
  record(principal: number, arn: string, { certainty }: Pick<Allowed, 'certainty'>): void {
    const administrator = this.administrators.get(nodeId('aws', arn))
    if (administrator === undefined) return
    const way = Math.max(administrator, rankOf(certainty))
    this.best.set(principal, Math.min(way, this.best.get(principal) ?? way))
  }
}
