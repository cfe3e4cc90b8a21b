import type { NodeId } from '../../../../graph/index.ts'
import { CERTAINTIES } from '../certainty-rank.ts'
import { TECHNIQUES } from '../../techniques/registry.ts'
import type { Technique } from '../../techniques/technique.ts'
import { onlyIf } from './policies.ts'
import { together, type Allowed, type Judge } from '../judge.ts'
import type { Settled } from '../settled.ts'
import { Asker } from './asker.ts'
import type { Question } from './question.ts'
import type { Target } from './target.ts'
import type { Targets } from './targets.ts'

/** One actor, one technique, and the targets that it works on alike. */
export interface Way {
  readonly actor: number
  readonly technique: Technique
  /** The actor's side: its permissions, and what the technique assumes. */
  readonly allowed: Allowed
  readonly targets: readonly Target[]
}

interface Proven {
  readonly rank: number
  readonly proof: () => Allowed
}

const BECOME = TECHNIQUES.filter(
  ({ effect, whom }) => effect === 'become' && whom.kind !== 'assumable-role' && whom.kind !== 'self',
)

/** The ways of one account in which somebody becomes somebody else; each pair once, the surest way first found. */
export class Become {
  private readonly judge: Judge
  private readonly targets: Targets
  private readonly settled: Settled
  private readonly account: number
  private readonly asker: Asker
  /** How surely a pair is told already. */
  private readonly told = new Map<number, Map<NodeId, number>>()

  constructor(judge: Judge, targets: Targets, settled: Settled, account: number) {
    this.judge = judge
    this.targets = targets
    this.settled = settled
    this.account = account
    this.asker = new Asker(judge, targets, account)
  }

  *ways(): Generator<Way> {
    for (const technique of BECOME) {
      const targets = this.settled.ordered(this.targets.of(technique, this.account), ({ arn }) => arn)
      if (targets.length === 0) continue
      const actors = this.asker.actors(technique)
      const outside = technique.whom.kind === 'host'
      if (actors.length === 0 && !outside) continue
      const questions = targets.map((target) => this.asker.about(technique, target))
      for (const actor of actors) yield* this.waysOf(technique, actor, targets, questions)
      if (outside) yield* this.fromOutside(technique, targets, questions)
    }
  }

  private *waysOf(
    technique: Technique,
    actor: number,
    targets: readonly Target[],
    questions: readonly (readonly Question[])[],
  ): Generator<Way> {
    // Another one where the resource is not known: it is then of the actor's choice.
    let commons: Map<string | undefined, Proven | undefined> | undefined
    let alike: Map<string, { readonly allowed: Allowed; readonly targets: Target[] }> | undefined
    const least = technique.assumes === undefined ? 0 : 1
    for (let i = 0; i < targets.length && !this.settled.isDone(actor); i++) {
      const target = targets[i]
      const asked = questions[i]
      if (target === undefined || asked === undefined) break
      if (!isAble(asked, actor) || this.isSame(actor, target)) continue
      if (this.isTold(actor, target, Math.max(doubtOf(target), least))) continue
      const rank = this.rankOf(actor, target, asked)
      if (rank === 3 || this.isTold(actor, target, Math.max(rank, least))) continue
      const { resources } = target
      commons ??= new Map()
      if (!commons.has(resources)) commons.set(resources, this.common(technique, actor, resources))
      const common = commons.get(resources)
      if (common === undefined) continue
      const allowed = this.judged(actor, target, asked, common, rank)
      if (allowed === undefined) continue
      const key = [allowed.certainty, ...allowed.conditions, ...allowed.assumes].join('\n')
      alike ??= new Map()
      const known = alike.get(key)
      if (known === undefined) alike.set(key, { allowed, targets: [target] })
      else known.targets.push(target)
    }
    for (const { allowed, targets: found } of alike?.values() ?? []) {
      yield { actor, technique, allowed, targets: found }
    }
  }

  /** Whoever is let in by the policy of a resource from another account. */
  private *fromOutside(
    technique: Technique,
    targets: readonly Target[],
    questions: readonly (readonly Question[])[],
  ): Generator<Way> {
    const { estate, holders } = this.judge
    for (const [i, target] of targets.entries()) {
      const asked = questions[i] ?? []
      if (asked.length === 0 || !asked.every(({ reader }) => isShared(this.judge, reader))) continue
      const [first, ...others] = asked
      if (first === undefined) continue
      for (const actor of holders.able(first.reader.request.action, first.reader.request)) {
        if (estate.accountOfPrincipal(actor) === this.account || this.settled.isDone(actor)) continue
        if (others.some((question) => question.judged(actor).rank === 3)) continue
        const widened = asked.map((question) => question.of(actor))
        yield* this.waysOf(technique, actor, [target], [widened])
      }
    }
  }

  /** Whether a way that is at best as sure as `rank` tells nothing new. */
  private isTold(actor: number, target: Target, rank: number): boolean {
    return (this.told.get(actor)?.get(target.id) ?? 3) <= rank || this.settled.knows(actor, rank)
  }

  /** What the technique needs of no particular target; its proof is made once, when it is needed. */
  private common(technique: Technique, actor: number, resources: string | undefined): Proven | undefined {
    const found = this.asker.common(technique, actor, resources)
    if (found === undefined) return undefined
    // A prerequisite that no export shows is a condition.
    const assumes = technique.assumes === undefined ? [] : [technique.assumes]
    let proof: Allowed | undefined
    return {
      rank: Math.max(found.rank, assumes.length),
      proof: () => (proof ??= onlyIf(this.asker.prove(found), assumes)),
    }
  }

  /** How surely what is needed of a target itself is met. */
  private rankOf(actor: number, target: Target, asked: readonly Question[]): number {
    let rank = doubtOf(target)
    for (const question of asked) {
      if (rank === 3) break
      rank = Math.max(rank, question.judged(actor).rank)
    }
    return rank
  }

  private judged(
    actor: number,
    target: Target,
    asked: readonly Question[],
    common: Proven,
    own: number,
  ): Allowed | undefined {
    const rank = Math.max(common.rank, own)
    if (this.isTold(actor, target, rank)) return undefined
    const parts: Allowed[] = []
    for (const question of asked) {
      const allowed = this.judge.proof(question.judged(actor))
      if (allowed === undefined) return undefined
      parts.push(allowed)
    }
    const made = together([...parts, common.proof()])
    const told = this.told.get(actor)
    if (told === undefined) this.told.set(actor, new Map([[target.id, rank]]))
    else told.set(target.id, rank)
    this.settled.record(actor, target.arn, { ...made, certainty: CERTAINTIES[rank] ?? 'unknown' })
    return made
  }

  private isSame(actor: number, target: Target): boolean {
    if (target.principal === actor) return true
    return target.principal < 0 && this.judge.groupsOf(actor).includes(target.arn)
  }
}

/** Whether the actor's policies speak of everything that is asked. */
function isAble(asked: readonly Question[], actor: number): boolean {
  for (const { able } of asked) if (!able.has(actor)) return false
  return true
}

/** How sure the state is that a target needs: 0 certain, 1 conditional, 2 unknown. */
export function doubtOf({ conditions, missing, resources }: Target): number {
  return missing.length > 0 || resources !== undefined ? 2 : conditions.length > 0 ? 1 : 0
}

/** Whether the policy of a resource speaks of the action at all. */
function isShared(judge: Judge, { side, request }: Question['reader']): boolean {
  const document = side.policy < 0 ? -1 : (judge.estate.state.uses.documents[side.policy] ?? -1)
  return document >= 0 && request.indexesIn(document).length > 0
}
