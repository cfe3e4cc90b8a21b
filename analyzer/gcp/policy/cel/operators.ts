import type { Expr, Sign } from './ast.ts'
import { pathOf } from './ast.ts'
import { Wrong } from './functions.ts'
import type { Value } from './value.ts'
import { Duration, Timestamp, fits, isList, isMap, lookUp, order, same, typeName } from './value.ts'

/** The value of an operator other than `&&` and `||`. */
export function compute(sign: Sign, a: Value, b: Value): Value | Wrong {
  switch (sign) {
    case '==':
      return same(a, b)
    case '!=':
      return !same(a, b)
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const by = order(a, b)
      if (by === undefined) return mismatch(sign, a, b)
      return sign === '<' ? by < 0 : sign === '<=' ? by <= 0 : sign === '>' ? by > 0 : by >= 0
    }
    case 'in':
      if (isList(b)) return b.some((item) => same(item, a))
      return isMap(b) ? lookUp(b, a) !== undefined : mismatch(sign, a, b)
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b
      if (isList(a) && isList(b)) return [...a, ...b]
      return arithmetic(sign, a, b)
    default:
      return arithmetic(sign, a, b)
  }
}

function arithmetic(sign: Sign, a: Value, b: Value): Value | Wrong {
  if (typeof a === 'bigint' && typeof b === 'bigint') return integer(sign, a, b)
  if (typeof a === 'number' && typeof b === 'number') {
    if (sign === '%') return mismatch(sign, a, b)
    return sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : a / b
  }
  const signed = sign === '+' ? 1n : sign === '-' ? -1n : undefined
  if (signed !== undefined) {
    if (a instanceof Timestamp && b instanceof Duration) return new Timestamp(a.nanos + signed * b.nanos)
    if (a instanceof Duration && b instanceof Duration) return new Duration(a.nanos + signed * b.nanos)
    if (a instanceof Duration && b instanceof Timestamp && sign === '+')
      return new Timestamp(a.nanos + b.nanos)
    if (a instanceof Timestamp && b instanceof Timestamp && sign === '-')
      return new Duration(a.nanos - b.nanos)
  }
  return mismatch(sign, a, b)
}

function integer(sign: Sign, a: bigint, b: bigint): Value | Wrong {
  if ((sign === '/' || sign === '%') && b === 0n) return new Wrong('it divides by zero')
  const value =
    sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : sign === '/' ? a / b : a % b
  return fits(value) ? value : new Wrong('the number is too large')
}

function mismatch(sign: Sign, a: Value, b: Value): Wrong {
  return new Wrong(`${sign} does not take ${typeName(a)} and ${typeName(b)}`)
}

/**
 * Decides a comparison of a time that only goes on: known not to be before `since`. `request.time < t` is false for ever
 * once `t` has passed. `undefined`: it may become either.
 */
export function decideBySince(
  sign: Sign,
  left: Expr,
  right: Expr,
  since: (path: string) => bigint | undefined,
): boolean | undefined {
  const turned: Sign | undefined = TURNED.get(sign)
  if (turned === undefined) return undefined
  if (right.op === 'known' && right.value instanceof Timestamp)
    return decide(sign, since(pathOf(left) ?? ''), right.value)
  if (left.op === 'known' && left.value instanceof Timestamp)
    return decide(turned, since(pathOf(right) ?? ''), left.value)
  return undefined
}

const TURNED: ReadonlyMap<Sign, Sign> = new Map<Sign, Sign>([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
  ['==', '=='],
  ['!=', '!='],
])

function decide(sign: Sign, since: bigint | undefined, limit: Timestamp): boolean | undefined {
  if (since === undefined) return undefined
  const past = limit.nanos < since
  if (sign === '<') return limit.nanos <= since ? false : undefined
  if (sign === '>=') return limit.nanos <= since ? true : undefined
  if (sign === '<=' || sign === '==') return past ? false : undefined
  return past ? true : undefined
}
