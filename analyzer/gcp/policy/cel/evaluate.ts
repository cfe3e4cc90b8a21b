import type { Expr, Known } from './ast.ts'
import { FALSE, TRUE, binary, known, pathOf } from './ast.ts'
import { Wrong, callFunction, isFunction } from './functions.ts'
import { isMacro, runMacro } from './macros.ts'
import { compute, decideBySince } from './operators.ts'
import type { Locals, Reducer, Scope } from './scope.ts'
import type { Value } from './value.ts'
import { isList, isMap, lookUp } from './value.ts'

/** Objects whose member functions ask the request. */
const ASKED = new Set(['api', 'resource'])

/** Most steps of one evaluation: macros over long lists multiply. */
const MOST_STEPS = 50_000

/**
 * Evaluates as far as the request is known. The result is `known`, `error`, or an expression of what is left, which has the
 * same value as the whole one for every request that agrees with the scope. `&&` and `||` are decided by either side, also
 * when the other is unknown or an error (Common Expression Language specification, "Logical operators").
 */
export function reduceCel(expr: Expr, scope: Scope): Expr {
  return new Evaluation(scope).reduce(expr, NO_LOCALS)
}

const NO_LOCALS: Locals = new Map()

/** One evaluation; counts its steps. */
class Evaluation implements Reducer {
  private readonly scope: Scope
  private steps = 0

  constructor(scope: Scope) {
    this.scope = scope
  }

  reduce(expr: Expr, locals: Locals): Expr {
    if (++this.steps > MOST_STEPS) return wrong('it takes too many steps', expr)
    switch (expr.op) {
      case 'known':
      case 'error':
        return expr
      case 'name':
      case 'member':
        return this.attribute(expr, locals)
      case 'index':
        return this.index(expr, locals)
      case 'call':
        return this.call(expr, locals)
      case 'list':
        return this.list(expr, locals)
      case 'map':
        return this.map(expr, locals)
      case 'not':
      case 'negate': {
        const of = this.reduce(expr.of, locals)
        if (of.op === 'error') return of
        if (of.op === 'not' && expr.op === 'not') return of.of
        if (of.op !== 'known') return of === expr.of ? expr : { op: expr.op, of }
        if (expr.op === 'not') {
          return typeof of.value === 'boolean' ? (of.value ? FALSE : TRUE) : wrong('! takes a bool', expr)
        }
        return this.value(compute('-', typeof of.value === 'bigint' ? 0n : 0, of.value), expr)
      }
      case 'binary':
        return expr.sign === '&&' || expr.sign === '||'
          ? this.logic(expr, locals)
          : this.operation(expr, locals)
      case 'choice': {
        const test = this.reduce(expr.test, locals)
        if (test.op === 'error') return test
        if (test.op === 'known') {
          if (typeof test.value !== 'boolean') return wrong('? takes a bool', expr)
          return this.reduce(test.value ? expr.then : expr.otherwise, locals)
        }
        const then = this.reduce(expr.then, locals)
        return { op: 'choice', test, then, otherwise: this.reduce(expr.otherwise, locals) }
      }
    }
  }

  private value(value: Value | Wrong, of: Expr): Expr {
    return value instanceof Wrong ? wrong(value.says, of) : known(value)
  }

  /** Whether a path is known of the request, for `has`. */
  isAttribute(path: string): boolean {
    return this.scope.attribute(path) !== undefined
  }

  private attribute(expr: Extract<Expr, { op: 'name' | 'member' }>, locals: Locals): Expr {
    const path = pathOf(expr)
    const root = path?.split('.', 1)[0] ?? ''
    if (path !== undefined && !locals.has(root)) {
      const value = this.scope.attribute(path)
      if (value !== undefined) return known(value)
    }
    if (expr.op === 'name') {
      const value = locals.get(expr.name)
      return value === undefined ? expr : known(value)
    }
    const of = this.reduce(expr.of, locals)
    if (of.op === 'error') return of
    if (of.op !== 'known') return of === expr.of ? expr : { ...expr, of }
    if (!isMap(of.value)) return wrong(`there is no .${expr.name}`, expr)
    const found = lookUp(of.value, expr.name)
    return found === undefined ? wrong(`there is no .${expr.name}`, expr) : known(found)
  }

  private index(expr: Extract<Expr, { op: 'index' }>, locals: Locals): Expr {
    const of = this.reduce(expr.of, locals)
    const at = this.reduce(expr.at, locals)
    if (of.op === 'error') return of
    if (at.op === 'error') return at
    if (of.op !== 'known' || at.op !== 'known') return { op: 'index', of, at }
    if (isMap(of.value)) {
      const found = lookUp(of.value, at.value)
      return found === undefined ? wrong('there is no such key', expr) : known(found)
    }
    const place = typeof at.value === 'bigint' && isList(of.value) ? of.value[Number(at.value)] : undefined
    return place === undefined ? wrong('the index is out of range', expr) : known(place)
  }

  private call(expr: Extract<Expr, { op: 'call' }>, locals: Locals): Expr {
    if (isMacro(expr)) return runMacro(expr, this, locals)
    const args = expr.args.map((arg) => this.reduce(arg, locals))
    const failed = args.find((arg) => arg.op === 'error')
    if (failed !== undefined) return failed
    const values = valuesOf(args)
    const asked = expr.on === null ? undefined : pathOf(expr.on)
    if (asked !== undefined && ASKED.has(asked) && !locals.has(asked) && !isFunction(expr.name, true)) {
      const value = values === undefined ? undefined : this.scope.call(`${asked}.${expr.name}`, values)
      return value === undefined ? { ...expr, args } : known(value)
    }
    const on = expr.on === null ? null : this.reduce(expr.on, locals)
    if (on?.op === 'error') return on
    if ((on !== null && on.op !== 'known') || values === undefined) return { ...expr, on, args }
    const value = callFunction(expr.name, on === null ? null : on.value, on !== null, values)
    return value === undefined ? { ...expr, on, args } : this.value(value, expr)
  }

  private list(expr: Extract<Expr, { op: 'list' }>, locals: Locals): Expr {
    const items = expr.items.map((item) => this.reduce(item, locals))
    const values = valuesOf(items)
    if (values !== undefined) return known(values)
    return items.find((item) => item.op === 'error') ?? { op: 'list', items }
  }

  private map(expr: Extract<Expr, { op: 'map' }>, locals: Locals): Expr {
    const entries = expr.entries.map(
      ([key, value]) => [this.reduce(key, locals), this.reduce(value, locals)] as const,
    )
    const made = new Map<Value, Value>()
    for (const [key, value] of entries) {
      if (key.op === 'error') return key
      if (value.op === 'error') return value
      if (key.op !== 'known' || value.op !== 'known') return { op: 'map', entries }
      if (lookUp(made, key.value) !== undefined) return wrong('a key is there twice', expr)
      made.set(key.value, value.value)
    }
    return known(made)
  }

  private logic(expr: Extract<Expr, { op: 'binary' }>, locals: Locals): Expr {
    const deciding = expr.sign === '||'
    const left = boolean(this.reduce(expr.left, locals))
    if (left.op === 'known' && left.value === deciding) return left
    const right = boolean(this.reduce(expr.right, locals))
    if (right.op === 'known' && right.value === deciding) return right
    if (left.op === 'known') return right
    if (right.op === 'known') return left
    if (left.op === 'error' && right.op === 'error') return left
    return left === expr.left && right === expr.right ? expr : binary(expr.sign, left, right)
  }

  private operation(expr: Extract<Expr, { op: 'binary' }>, locals: Locals): Expr {
    const left = this.reduce(expr.left, locals)
    const right = this.reduce(expr.right, locals)
    if (left.op === 'error') return left
    if (right.op === 'error') return right
    if (left.op === 'known' && right.op === 'known') {
      return this.value(compute(expr.sign, left.value, right.value), expr)
    }
    const { scope } = this
    if (scope.notBefore !== undefined) {
      const decided = decideBySince(expr.sign, left, right, (path) => scope.notBefore?.(path))
      if (decided !== undefined) return known(decided)
    }
    return left === expr.left && right === expr.right ? expr : binary(expr.sign, left, right)
  }
}

function wrong(says: string, of: Expr): Expr {
  return { op: 'error', says, of }
}

function boolean(expr: Expr): Expr {
  return expr.op === 'known' && typeof expr.value !== 'boolean' ? wrong('&& and || take bools', expr) : expr
}

function valuesOf(list: readonly Expr[]): readonly Value[] | undefined {
  return list.every((item): item is Known => item.op === 'known') ? list.map((item) => item.value) : undefined
}
