import type { PermissionUniverse, Residual } from '../../graph/index.ts'
import type { Grant, Left, LeftPart } from '../grants/model.ts'
import { oneLine } from '../one-line.ts'
import { parseCel } from './policy/cel/parse.ts'
import { printCel } from './policy/cel/print.ts'
import { timestampOf } from './policy/cel/time.ts'
import { conditionOf } from './policy/condition.ts'
import { conditionLeft, missingIn } from './policy/formula.ts'
import { requestScope, writesPolicy } from './policy/request-scope.ts'

const NONE: Left = { conditions: [], doubt: null }

/**
 * Conditions of bindings at any time from when the estate was seen, on any resource below: what is over is over for ever,
 * what limits the roles that may be granted limits nothing else. What only a request tells is left.
 */
export class Conditions {
  private readonly notBefore: bigint | undefined
  private readonly universe: PermissionUniverse
  private readonly known = new Map<string, Left | null>()

  constructor(takenAt: string, universe: PermissionUniverse) {
    this.notBefore = timestampOf(takenAt)?.nanos
    this.universe = universe
  }

  /** For an action; the empty one stands for whatever sets no allow policy. */
  left(grant: Grant, action: string): Left | null {
    let all: Left = NONE
    for (const condition of grant.conditions) {
      const left = this.leftOf(condition, writesPolicy(action))
      if (left === null) return null
      all = { conditions: [...all.conditions, ...left.conditions], doubt: all.doubt ?? left.doubt }
    }
    return all
  }

  parts(grant: Grant): readonly LeftPart[] {
    if (grant.conditions.length === 0) return [{ actions: null, left: NONE }]
    const writes = this.universe.expand('*.setIamPolicy')
    return [
      { actions: writes, left: this.left(grant, '.setIamPolicy') },
      { actions: null, left: this.left(grant, '') },
    ]
  }

  private leftOf(condition: Residual, writes: boolean): Left | null {
    const { raw } = condition
    if (raw === undefined) return { conditions: [condition], doubt: null }
    const key = `${writes ? 'w' : 'r'}${condition.says}\n${raw}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const left = this.evaluated(condition, raw, writes)
    this.known.set(key, left)
    return left
  }

  private evaluated(condition: Residual, raw: string, writes: boolean): Left | null {
    const { notBefore } = this
    const facts = { permission: writes ? '.setIamPolicy' : '', attributes: new Map(), tags: null }
    const formula = conditionOf(raw, requestScope(notBefore === undefined ? facts : { ...facts, notBefore }))
    if (formula === true) return NONE
    if (formula === false) return null
    const [doubt] = missingIn(formula)
    if (doubt !== undefined) return { conditions: [], doubt }
    const expr = conditionLeft(formula)
    const parsed = parseCel(raw)
    // What is wholly left is told in its author's own words.
    if (expr === undefined || ('expr' in parsed && parsed.expr === expr))
      return { conditions: [condition], doubt: null }
    const title = /^condition ("[^]*"): /.exec(condition.says)?.[1]?.slice(1, -1) ?? ''
    return { conditions: [{ says: sentence(title, printCel(expr)), raw }], doubt: null }
  }
}

/** A condition in one line. */
export function sentence(title: string, expression: string): string {
  const text = oneLine(expression)
  return title === '' ? `condition: ${text}` : `condition "${title}": ${text}`
}
