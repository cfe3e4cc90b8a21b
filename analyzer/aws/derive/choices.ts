import { listAt } from '../model/intern.ts'
import { parseArn } from '../model/arn.ts'
import { NOT_RESOURCE } from '../state.ts'
import { tokensMatch, tokensOf, type Tokens } from '../evaluate/arn-pattern.ts'
import { LayerReader } from '../evaluate/layers.ts'
import { PRINCIPAL_SIDE } from '../evaluate/resource-side.ts'
import type { Judge, Judged } from './judge.ts'

/**
 * An action on a resource of the caller's choice, of those that match a pattern: a new function's name is the caller's to
 * choose. What does not exist yet has no resource policy.
 */
export class Choices {
  private readonly judge: Judge
  private readonly action: string
  private readonly pattern: string
  private readonly wanted: Tokens
  /** What the pattern itself names. */
  private readonly usual: string
  /** By resource pattern of a statement: the resource that it names; null: none of those that are wanted. */
  private readonly named = new Map<number, string | null>()
  private readonly readers = new Map<string, LayerReader>()
  private readonly chosen = new Map<number, Judged | null>()

  constructor(judge: Judge, action: string, pattern: string) {
    this.judge = judge
    this.action = action
    this.pattern = pattern
    this.wanted = tokensOf(pattern)
    this.usual = concrete(pattern, pattern)
  }

  /** The request for the resource on which it is allowed most surely; `undefined`: it is allowed on none. */
  best(principal: number): Judged | undefined {
    const known = this.chosen.get(principal)
    if (known !== undefined) return known ?? undefined
    let best: Judged | undefined
    for (const resource of this.of(principal)) {
      const judged = this.judge.judged(this.reader(resource), principal)
      if (judged.rank < (best?.rank ?? 3)) best = judged
      if (judged.rank === 0) break
    }
    this.chosen.set(principal, best ?? null)
    return best
  }

  /** One resource for each resource pattern of the statements by which a principal holds the action. */
  private of(principal: number): ReadonlySet<string> {
    const { estate, holders } = this.judge
    const { statements } = estate.state
    const found = new Set<string>()
    for (const statement of holders.heldBy(this.action, principal)) {
      if ((estate.flags(statement) & NOT_RESOURCE) !== 0) {
        found.add(this.usual)
        continue
      }
      for (const text of listAt(statements.lists, statements.resources[statement] ?? -1)) {
        const choice = this.choice(text)
        if (choice !== null) found.add(choice)
      }
    }
    return found
  }

  private choice(text: number): string | null {
    const known = this.named.get(text)
    if (known !== undefined) return known
    const named = this.judge.estate.text(text)
    const choice = named === '*' ? this.usual : concrete(named, this.pattern)
    const made = choice === this.usual || tokensMatch(this.wanted, choice) ? choice : null
    this.named.set(text, made)
    return made
  }

  private reader(resource: string): LayerReader {
    let reader = this.readers.get(resource)
    if (reader === undefined) {
      reader = new LayerReader(this.judge.holders.request(this.action, resource), false, PRINCIPAL_SIDE)
      this.readers.set(resource, reader)
    }
    return reader
  }
}

/** A resource that a pattern names, in the account of `within` and in an ordinary region. */
function concrete(pattern: string, within: string): string {
  const parsed = parseArn(pattern)
  const home = parseArn(within)
  if (parsed === undefined || home === undefined) return pattern
  const fill = (text: string) => text.replaceAll(/[*?]/g, 'x')
  const region = parsed.region === '*' ? 'us-east-1' : fill(parsed.region)
  const account = parsed.account === '*' ? home.account : fill(parsed.account)
  const partition = parsed.partition === '*' ? home.partition : fill(parsed.partition)
  return `arn:${partition}:${parsed.service}:${region}:${account}:${fill(parsed.resource)}`
}
