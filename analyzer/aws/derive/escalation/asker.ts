import type { LayerReader } from '../../evaluate/layers.ts'
import { HOSTS, hostName, type HostType } from '../../techniques/host-types.ts'
import { actionsOf, type Need, type Technique } from '../../techniques/technique.ts'
import { together, type Allowed, type Judge } from '../judge.ts'
import { isListed } from './facts.ts'
import type { Target } from './target.ts'
import type { Targets } from './targets.ts'

/** A question about one resource, and the principals of the account whose policies speak of it at all. */
export interface Question {
  readonly reader: LayerReader
  readonly able: ReadonlySet<number>
}

/** Asks the engine whether needs of techniques are met, in one account at a time. */
export class Asker {
  readonly judge: Judge
  private readonly targets: Targets
  private readonly account: number
  private readonly questions = new Map<string, Question>()

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
    const key = `${action} ${arn} ${service ?? ''}`
    const known = this.questions.get(key)
    if (known !== undefined) return known
    const context = service === undefined ? undefined : new Map([['iam:passedtoservice', service]])
    const reader = this.judge.reader(action, arn, context)
    const made = { reader, able: this.judge.holders.able(action, reader.request, this.account) }
    this.questions.set(key, made)
    return made
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

  /** How a principal meets the needs that are about no particular target; `undefined` when it does not. */
  common(technique: Technique, principal: number, anyResource?: string): Allowed | undefined {
    const parts: Allowed[] = []
    const types = new Set<HostType>()
    for (const { action, on } of technique.needs) {
      let allowed: Allowed | undefined
      if (on === '*') allowed = this.judge.allowed(this.question(action, '*').reader, principal)
      else if (on === 'resource' && anyResource !== undefined)
        allowed = this.somewhere(action, anyResource, principal)
      else if (typeof on === 'object' && 'any' in on) allowed = this.somewhere(action, on.any, principal)
      else {
        if (typeof on === 'object') types.add(on.some)
        continue
      }
      if (allowed === undefined) return undefined
      parts.push(allowed)
    }
    for (const type of types) {
      const allowed = this.onSome(technique.needs, type, principal)
      if (allowed === undefined) return undefined
      parts.push(allowed)
    }
    return together(parts)
  }

  /** The needs that are about an existing resource of a type, all on the same one. */
  private onSome(needs: readonly Need[], type: HostType, principal: number): Allowed | undefined {
    const actions = needs.flatMap(({ action, on }) =>
      typeof on === 'object' && 'some' in on && on.some === type ? [action] : [],
    )
    if (!isListed(this.judge.estate, this.account, type)) {
      const parts = actions.map((action) => this.somewhere(action, HOSTS[type].pattern, principal))
      const id = this.judge.estate.state.accounts[this.account]?.id ?? ''
      const all = parts.filter((part) => part !== undefined)
      if (all.length < parts.length) return undefined
      return {
        ...together(all),
        certainty: 'unknown',
        assumes: [...together(all).assumes, `not imported: the ${hostName(type)}s of account ${id}`],
      }
    }
    let best: Allowed | undefined
    for (const host of this.targets.hostsOf(type, this.account)) {
      const arn = this.judge.estate.state.hosts.arns[host] ?? ''
      const questions = actions.map((action) => this.question(action, arn))
      if (!questions.every(({ able }) => able.has(principal))) continue
      const parts = questions.map(({ reader }) => this.judge.allowed(reader, principal))
      const all = parts.filter((part) => part !== undefined)
      if (all.length < parts.length) continue
      const made = together(all)
      if (made.certainty === 'certain') return made
      best ??= made
    }
    return best
  }

  private somewhere(action: string, pattern: string, principal: number): Allowed | undefined {
    const { arn, account } = this.judge.estate.identity(principal)
    const partition = arn.split(':')[1] ?? 'aws'
    const own = pattern.replace('{account}', account).replace(/^arn:aws:/, `arn:${partition}:`)
    return this.judge.allowedSomewhere(action, own, principal)
  }
}
