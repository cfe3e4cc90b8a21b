import type { PermissionUniverse } from '../../../graph/index.ts'
import { PermissionSet } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import { NOT_ACTION } from '../state.ts'
import type { Estate } from './estate.ts'

/** The sets of actions that statements are about, each worked out once. */
export class ActionSets {
  private readonly estate: Estate
  private readonly universe: PermissionUniverse
  private readonly known = new Map<number, PermissionSet>()

  constructor(estate: Estate, universe: PermissionUniverse) {
    this.estate = estate
    this.universe = universe
  }

  of(statement: number): PermissionSet {
    const { statements } = this.estate.state
    const list = statements.actions[statement] ?? -1
    const negated = (this.estate.flags(statement) & NOT_ACTION) !== 0
    const key = list * 2 + (negated ? 1 : 0)
    const known = this.known.get(key)
    if (known !== undefined) return known
    const words = this.universe.none.words
    for (const text of listAt(statements.lists, list)) {
      const more = this.universe.expand(this.estate.text(text)).words
      for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) | (more[i] ?? 0)
    }
    const set = new PermissionSet(this.universe.size, words)
    const made = negated ? set.complement() : set
    this.known.set(key, made)
    return made
  }
}
