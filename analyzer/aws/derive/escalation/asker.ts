import { entry } from '../../../multimap.ts'
import { HOSTS, hostName, type HostKind, type HostType } from '../../techniques/host-types.ts'
import { actionsOf, type Need, type Technique } from '../../techniques/technique.ts'
import { Choices } from '../choices.ts'
import { together, type Allowed, type Judge, type Judged } from '../judge.ts'
import { isListed } from './facts.ts'
import { Question } from './question.ts'
import type { Target } from './target.ts'
import type { Targets } from './targets.ts'

/** How surely needs are met (0 certain, 1 conditional, 2 unknown), and what proves it. */
export interface Common {
  readonly rank: number
  readonly parts: readonly Judged[]
  /** What was not imported, in words. */
  readonly missing: readonly string[]
}

/** Asks the engine whether needs of techniques are met, in one account at a time. */
export class Asker {
  readonly judge: Judge
  private readonly targets: Targets
  private readonly account: number
  /** By action, and the service that a role is passed to; then by resource. */
  private readonly questions = new Map<string, Map<string, Question>>()
  private readonly choices = new Map<string, Choices>()

  constructor(judge: Judge, targets: Targets, account: number) {
    this.judge = judge
    this.targets = targets
    this.account = account
  }

  /** Principals of the account that hold every action of a technique, on whatever. AWS's own roles are left out. */
  actors(technique: Technique): readonly number[] {
    const { estate, holders } = this.judge
    const [first = '', ...others] = actionsOf(technique)
    return (holders.of(first).get(this.account) ?? []).filter(
      (principal) =>
        others.every((action) => holders.holds(action, principal)) &&
        estate.state.layerSets.serviceLinked[estate.layerSet(principal)] !== 1 &&
        (technique.actor === undefined || estate.identity(principal).kind === technique.actor),
    )
  }

  /** The question about an action on one resource; the service is the one a role is passed to. */
  question(action: string, arn: string, service?: string): Question {
    const key = service === undefined ? action : `${action} ${service}`
    const asked = entry(this.questions, key, () => new Map<string, Question>())
    return entry(asked, arn, () => {
      const context = service === undefined ? undefined : new Map([['iam:passedtoservice', service]])
      return new Question(
        this.judge,
        (reader) => this.judge.holders.ableIn(action, arn, this.account, () => reader().request),
        () => this.judge.reader(action, arn, context),
      )
    })
  }

  /** How surely the needs that are about a target itself are met at best; see `Judged`. */
  rank(technique: Technique, target: Target, principal: number): number {
    let rank = 0
    for (const { action, on } of technique.needs) {
      if (on !== 'whom' || action === 'sts:AssumeRole') continue
      const question = this.question(action, target.arn)
      rank = Math.max(rank, question.able.has(principal) ? question.judged(principal).rank : 3)
    }
    return rank
  }

  /** How a principal of the account is allowed an action on a resource, with the proof; `undefined` when it is not. */
  allowed(action: string, arn: string, principal: number): Allowed | undefined {
    const question = this.question(action, arn)
    return question.able.has(principal) ? this.judge.proof(question.judged(principal)) : undefined
  }

  /** What a technique needs of a target, one question for each need that is about it. */
  about(technique: Technique, target: Target): readonly Question[] {
    return technique.needs.flatMap(({ action, on }) => {
      if (on === 'whom')
        return [this.question(action, target.arn, action === 'iam:PassRole' ? target.service : undefined)]
      if (on === 'resource' && target.resource !== undefined) return [this.question(action, target.resource)]
      return []
    })
  }

  /** The actors whose policies speak of everything that is needed of a target itself; few, most of the time none. */
  able(technique: Technique, target: Target, actors: readonly number[]): readonly number[] {
    let left = actors
    for (const { action, on } of technique.needs) {
      if (left.length === 0) break
      if (on !== 'whom' || action === 'sts:AssumeRole') continue
      const { able } = this.question(action, target.arn)
      left = left.filter((actor) => able.has(actor))
    }
    return left
  }

  /** How a principal meets the needs that are about no particular target; `undefined` when it does not. */
  common(technique: Technique, principal: number, anyResource?: string): Common | undefined {
    let sum: Common = NOTHING
    const types = new Set<HostType>()
    for (const { action, on } of technique.needs) {
      let part: Common | undefined
      if (on === '*') part = this.on(action, '*', principal)
      else if (on === 'resource' && anyResource !== undefined)
        part = this.somewhere(action, anyResource, principal)
      else if (typeof on === 'object' && 'any' in on) part = this.somewhere(action, on.any, principal)
      else {
        if (typeof on === 'object') types.add(on.some)
        continue
      }
      if (part === undefined) return undefined
      sum = both(sum, part)
    }
    for (const type of types) {
      const part = this.onSome(technique.needs, type, principal)
      if (part === undefined) return undefined
      sum = both(sum, part)
    }
    return sum
  }

  /** The proof of what `common` found. */
  prove({ parts, missing }: Common): Allowed {
    const proof = together(parts.map((part) => this.judge.proof(part)).filter((part) => part !== undefined))
    if (missing.length === 0) return proof
    return { ...proof, certainty: 'unknown', assumes: [...proof.assumes, ...missing] }
  }

  /** The needs that are about an existing resource of a type, all on the same one. */
  private onSome(needs: readonly Need[], type: HostType, principal: number): Common | undefined {
    const actions = needs.flatMap(({ action, on }) =>
      typeof on === 'object' && 'some' in on && on.some === type ? [action] : [],
    )
    const every = (ask: (action: string) => Common | undefined): Common | undefined => {
      const parts = actions.map(ask).filter((part) => part !== undefined)
      return parts.length < actions.length ? undefined : parts.reduce(both, NOTHING)
    }
    let best: Common | undefined
    for (const host of this.targets.hostsOf(type, this.account)) {
      const arn = this.judge.estate.state.hosts.arns[host] ?? ''
      const found = every((action) => this.on(action, arn, principal))
      if (found !== undefined && found.rank < (best?.rank ?? 3)) best = found
      if (best?.rank === 0) break
    }
    if (best !== undefined || isListed(this.judge.estate, this.account, type)) return best
    const { pattern }: HostKind = HOSTS[type]
    const found = every((action) => this.somewhere(action, pattern, principal))
    if (found === undefined) return undefined
    const id = this.judge.estate.state.accounts[this.account]?.id ?? ''
    return { ...found, rank: 2, missing: [`not imported: the ${hostName(type)}s of account ${id}`] }
  }

  private on(action: string, arn: string, principal: number): Common | undefined {
    const question = this.question(action, arn)
    if (!question.able.has(principal)) return undefined
    return commonOf(question.judged(principal))
  }

  private somewhere(action: string, pattern: string, principal: number): Common | undefined {
    const key = `${action} ${pattern}`
    let choices = this.choices.get(key)
    if (choices === undefined) {
      // Everybody of an account is in one partition.
      const { arn, account } = this.judge.estate.identity(principal)
      const partition = arn.split(':')[1] ?? 'aws'
      const own = pattern.replace('{account}', account).replace(/^arn:aws:/, `arn:${partition}:`)
      choices = new Choices(this.judge, action, own)
      this.choices.set(key, choices)
    }
    const found = choices.best(principal)
    return found === undefined ? undefined : commonOf(found)
  }
}

const NOTHING: Common = { rank: 0, parts: [], missing: [] }

function commonOf(part: Judged): Common | undefined {
  return part.rank === 3 ? undefined : { rank: part.rank, parts: [part], missing: [] }
}

function both(a: Common, b: Common): Common {
  return {
    rank: Math.max(a.rank, b.rank),
    parts: [...a.parts, ...b.parts],
    missing: [...a.missing, ...b.missing],
  }
}
