import type { Expr } from './ast.ts'
import { FALSE, TRUE, binary, known, pathOf } from './ast.ts'
import type { Locals, Reducer } from './scope.ts'
import type { Value } from './value.ts'
import { isList, isMap, lookUp } from './value.ts'

type Call = Extract<Expr, { op: 'call' }>

const OVER_LISTS = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/** CEL's macros (specification, "Macros"): `has(a.b)`, and `list.exists(x, …)` with its kin. */
export function isMacro({ on, name, args }: Call): boolean {
  if (on === null) return name === 'has' && args.length === 1 && args[0]?.op === 'member'
  return (
    OVER_LISTS.has(name) &&
    args[0]?.op === 'name' &&
    (args.length === 2 || (name === 'map' && args.length === 3))
  )
}

export function runMacro(expr: Call, evaluation: Reducer, locals: Locals): Expr {
  const { on, name, args } = expr
  const [first, second, third] = args
  if (on === null) return has(expr, evaluation, locals)
  const over = evaluation.reduce(on, locals)
  if (over.op === 'error') return over
  if (first?.op !== 'name' || second === undefined) return expr
  const left = (): Expr => {
    const inner = new Map([...locals, [first.name, undefined]])
    return { ...expr, on: over, args: [first, ...args.slice(1).map((arg) => evaluation.reduce(arg, inner))] }
  }
  if (over.op !== 'known') return left()
  const items = isList(over.value) ? over.value : isMap(over.value) ? [...over.value.keys()] : undefined
  if (items === undefined) return { op: 'error', says: `${name} takes a list or a map`, of: expr }
  const each = (body: Expr, item: Value): Expr =>
    evaluation.reduce(body, new Map([...locals, [first.name, item]]))
  if (name === 'map')
    return mapped(items, third === undefined ? null : second, third ?? second, each) ?? left()
  const tests = items.map((item) => each(second, item))
  if (name === 'all' || name === 'exists') {
    // Folding by the operators gives what is left, and lets either outcome win over an error.
    const [sign, start] = name === 'all' ? (['&&', TRUE] as const) : (['||', FALSE] as const)
    const whole = tests.reduce<Expr>((left, right) => binary(sign, left, right), start)
    return evaluation.reduce(whole, locals)
  }
  const failed = tests.find((test) => test.op === 'error')
  if (failed !== undefined) return failed
  if (!tests.every((test) => test.op === 'known')) return left()
  const kept = items.filter((_, i) => isTrue(tests[i]))
  return known(name === 'filter' ? kept : kept.length === 1)
}

function mapped(
  items: readonly Value[],
  test: Expr | null,
  body: Expr,
  each: (body: Expr, item: Value) => Expr,
): Expr | undefined {
  const made: Value[] = []
  for (const item of items) {
    const keeps = test === null ? TRUE : each(test, item)
    if (keeps.op === 'error') return keeps
    if (keeps.op !== 'known') return undefined
    if (keeps.value !== true) continue
    const value = each(body, item)
    if (value.op === 'error') return value
    if (value.op !== 'known') return undefined
    made.push(value.value)
  }
  return known(made)
}

function isTrue(expr: Expr | undefined): boolean {
  return expr?.op === 'known' && expr.value === true
}

function has(expr: Call, evaluation: Reducer, locals: Locals): Expr {
  const [field] = expr.args
  if (field?.op !== 'member') return expr
  const path = pathOf(field)
  if (path !== undefined && evaluation.isAttribute(path)) return TRUE
  const of = evaluation.reduce(field.of, locals)
  if (of.op === 'error') return of
  if (of.op !== 'known') return expr
  return known(isMap(of.value) && lookUp(of.value, field.name) !== undefined)
}
