import { nodeId, type NodeId } from '../../../graph/index.ts'
import type { Administrator } from './administrators.ts'
import type { Allowed, Judge } from './judge.ts'
import type { LayerReader } from '../evaluate/layers.ts'

/**
 * Keeps edges few: who can become an administrator of its account reaches everything in it through that one, so further
 * ways to identities of the same account are told only while they are surer than the way to the administrator.
 */
export class Settled {
  private readonly judge: Judge
  private readonly administrators: ReadonlySet<NodeId>
  private readonly best = new Map<number, Allowed['certainty']>()

  constructor(judge: Judge, administrators: ReadonlyMap<number, Administrator>) {
    this.judge = judge
    const certain = [...administrators.values()].filter((a) => a.allowed.certainty === 'certain')
    this.administrators = new Set(certain.map((a) => judge.estate.nodeOf(a.principal)))
    for (const { principal } of certain) this.best.set(principal, 'certain')
  }

  /** Nothing more is to be told of a principal. */
  isDone(principal: number): boolean {
    return this.best.get(principal) === 'certain'
  }

  isAdministrator(arn: string): boolean {
    return this.administrators.has(nodeId('aws', arn))
  }

  /** Targets with administrators first, so that the others are often not looked at. */
  ordered<T>(targets: readonly T[], arnOf: (target: T) => string): readonly T[] {
    const first = targets.filter((target) => this.isAdministrator(arnOf(target)))
    return first.length === 0
      ? targets
      : [...first, ...targets.filter((target) => !this.isAdministrator(arnOf(target)))]
  }

  /** How a principal may do something on a target, unless a way to an administrator makes it superfluous. */
  allowed(reader: LayerReader, principal: number): Allowed | undefined {
    const known = this.best.get(principal)
    if (known === 'certain' || (known !== undefined && !this.judge.surely(reader, principal)))
      return undefined
    return this.judge.allowed(reader, principal)
  }

  /** Records that a principal can become a target. */
  record(principal: number, arn: string, { certainty }: Allowed): void {
    if (!this.isAdministrator(arn)) return
    const known = this.best.get(principal)
    if (known === undefined || certainty === 'certain') this.best.set(principal, certainty)
  }
}
