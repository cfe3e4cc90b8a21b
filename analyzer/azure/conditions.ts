import type { Missing, PermissionSet, PermissionUniverse, Residual } from '../../graph/index.ts'
import { PermissionSet as Permissions } from '../../graph/index.ts'
import { ConditionBook } from './policy/condition/book.ts'
import type { Condition } from './policy/condition/syntax.ts'
import type { Formula } from './policy/formula.ts'
import { and, doubtsIn, printFormula } from './policy/formula.ts'

/** A condition and whose it is: `the assignment`, `the role Key Vault Data Access Administrator`. */
export interface Owned {
  readonly text: string
  readonly of: string
  /** Of a deny: an absent attribute is not known to make it fail. */
  readonly denies?: boolean
}

/** What is left of conditions for some actions. */
export interface Left {
  readonly conditions: readonly Residual[]
  readonly doubt: Missing | null
}

const NOTHING: Left = { conditions: [], doubt: null }

/**
 * The conditions of an estate. An export tells the action of a question and nothing else of it: guards
 * (`ActionMatches`) are decided, attributes and sub-operations stay as residuals.
 */
export class EstateConditions {
  private readonly book = new ConditionBook()
  private readonly universe: PermissionUniverse

  constructor(universe: PermissionUniverse) {
    this.universe = universe
  }

  /** What is left for an action; null: the conditions do not hold. */
  left(conditions: readonly Owned[], action: string): Left | null {
    if (conditions.length === 0) return NOTHING
    const formulas = conditions.map((condition) => this.formula(condition, action))
    const whole = and(formulas)
    if (whole.kind === 'constant') return whole.value ? NOTHING : null
    const [doubt] = doubtsIn(whole)
    const residuals = formulas.flatMap((formula, i): Residual[] => {
      const condition = conditions[i]
      if (condition === undefined || formula.kind === 'constant') return []
      return [{ says: `condition of ${condition.of}: ${printFormula(formula)}`, raw: condition.text }]
    })
    return {
      conditions: doubt === undefined ? residuals : [],
      doubt: doubt === undefined ? null : { what: 'condition', says: doubt.says },
    }
  }

  /** Takes a set of actions apart by what is left of the conditions for them; actions for which nothing is are left out. */
  split(
    actions: PermissionSet,
    conditions: readonly Owned[],
  ): { readonly actions: PermissionSet; readonly left: Left }[] {
    if (conditions.length === 0) return [{ actions, left: NOTHING }]
    const named = conditions
      .flatMap(({ text }) => this.guards(text))
      .reduce((set, pattern) => set.union(this.universe.expand(pattern)), this.universe.none)
      .intersect(actions)
    const groups = new Map<string, { indexes: number[]; left: Left }>()
    for (const index of named.indexes()) {
      const left = this.left(conditions, this.universe.names[index] ?? '')
      if (left === null) continue
      const key = JSON.stringify(left)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { indexes: [index], left })
      else group.indexes.push(index)
    }
    const found = [...groups.values()].map(({ indexes, left }) => ({
      actions: Permissions.of(this.universe.size, indexes),
      left,
    }))
    const rest = actions.minus(named)
    // No guard names these: each says of one what it says of all.
    const left = rest.isEmpty ? null : this.left(conditions, UNNAMED)
    return left === null ? found : [{ actions: rest, left }, ...found]
  }

  private formula({ text, of, denies }: Owned, action: string): Formula {
    const facts = { action: action.toLowerCase(), subOperation: undefined, attribute: () => undefined }
    return this.book.evaluate({ text, version: null }, facts, of, denies !== true)
  }

  /** The patterns of every guard in a condition. */
  private guards(text: string): string[] {
    const parsed = this.book.parsed(text)
    return 'condition' in parsed ? guardsIn(parsed.condition) : []
  }
}

/** Stands for an action that no guard names; no pattern of a guard but `*` could. */
const UNNAMED = '\u0000'

function guardsIn(condition: Condition): string[] {
  switch (condition.kind) {
    case 'action':
      return [...condition.patterns]
    case 'not':
      return guardsIn(condition.of)
    case 'and':
    case 'or':
      return condition.of.flatMap(guardsIn)
    default:
      return []
  }
}
