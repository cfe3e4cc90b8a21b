import type { Expr } from './ast.ts'
import { OPERATORS } from './ast.ts'
import { timestampText } from './time.ts'
import type { Value } from './value.ts'
import { Duration, Timestamp, isList, isMap } from './value.ts'

const UNARY = OPERATORS.length + 1
const WHOLE = UNARY + 1

/** An expression as text that means the same. */
export function printCel(expr: Expr): string {
  return print(expr, 0)
}

/** Parenthesised when it binds less tightly than `level` wants; 0 takes everything. */
function print(expr: Expr, level: number): string {
  const [text, own] = piece(expr)
  return own < level ? `(${text})` : text
}

function piece(expr: Expr): readonly [text: string, level: number] {
  switch (expr.op) {
    case 'known':
      return [printValue(expr.value), isNegative(expr.value) ? UNARY : WHOLE]
    case 'error':
      return piece(expr.of)
    case 'name':
      return [expr.name, WHOLE]
    case 'member':
      return [`${print(expr.of, WHOLE)}.${expr.name}`, WHOLE]
    case 'index':
      return [`${print(expr.of, WHOLE)}[${print(expr.at, 0)}]`, WHOLE]
    case 'call': {
      const on = expr.on === null ? '' : `${print(expr.on, WHOLE)}.`
      return [`${on}${expr.name}(${expr.args.map((arg) => print(arg, 0)).join(', ')})`, WHOLE]
    }
    case 'list':
      return [`[${expr.items.map((item) => print(item, 0)).join(', ')}]`, WHOLE]
    case 'map': {
      const entries = expr.entries.map(([key, value]) => `${print(key, 0)}: ${print(value, 0)}`)
      return [`{${entries.join(', ')}}`, WHOLE]
    }
    case 'not':
      return [`!${print(expr.of, UNARY)}`, UNARY]
    case 'negate':
      return [`-${print(expr.of, WHOLE)}`, UNARY]
    case 'binary': {
      const own = OPERATORS.findIndex((signs) => (signs as readonly string[]).includes(expr.sign)) + 1
      return [`${print(expr.left, own)} ${expr.sign} ${print(expr.right, own + 1)}`, own]
    }
    case 'choice': {
      const then = print(expr.then, 1)
      return [`${print(expr.test, 1)} ? ${then} : ${print(expr.otherwise, 0)}`, 0]
    }
  }
}

function isNegative(value: Value): boolean {
  return (typeof value === 'bigint' || typeof value === 'number') && value < 0
}

function printValue(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value)
  if (value instanceof Timestamp) return `timestamp(${quoted(timestampText(value))})`
  if (value instanceof Duration) return `duration(${quoted(durationText(value.nanos))})`
  if (isList(value)) return `[${value.map(printValue).join(', ')}]`
  if (isMap(value)) return `{${[...value].map(([k, v]) => `${printValue(k)}: ${printValue(v)}`).join(', ')}}`
  return String(value)
}

function durationText(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos
  const rest = String(size % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${nanos < 0n ? '-' : ''}${size / 1_000_000_000n}${rest === '' ? '' : `.${rest}`}s`
}

/** A text literal; characters that could drive a terminal are escaped. */
function quoted(text: string): string {
  const inner = text.replace(/[\\"\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => {
    if (c === '\\' || c === '"') return `\\${c}`
    return `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`
  })
  return `"${inner}"`
}
