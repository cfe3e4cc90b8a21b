import { nodeId, type Certainty, type NodeId } from '../../../graph/index.ts'
import { CERTAINTIES, rankOf } from './certainty-rank.ts'
import type { Allowed, Judge } from './judge.ts'

/** How surely a principal is, or can become, an administrator of an account. */
export interface Standing {
  readonly principal: number
  readonly certainty: Certainty
}

/**
 * Keeps the edges of one account few: who is an administrator of it, or can become one, reaches everything in it that
 * way, so further ways to identities of the account are told only while they are surer. What somebody administers
 * elsewhere makes no way into this account less.
 */
export class Settled {
  private readonly administrators = new Map<NodeId, number>()
  /** How sure the best way to administer the account is, by principal. */
  private readonly best = new Map<number, number>()

  /** `administrators` and `granters`: those of the account; the latter can make themselves its administrators. */
  constructor({ estate }: Judge, administrators: readonly Standing[], granters: readonly Standing[]) {
    for (const { principal, certainty } of administrators) {
      this.administrators.set(estate.nodeOf(principal), rankOf(certainty))
      this.reaches(principal, rankOf(certainty))
    }
    for (const { principal, certainty } of granters) this.reaches(principal, rankOf(certainty))
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
    if (administrator !== undefined) this.reaches(principal, Math.max(administrator, rankOf(certainty)))
  }

  private reaches(principal: number, rank: number): void {
    this.best.set(principal, Math.min(rank, this.best.get(principal) ?? rank))
  }
}
