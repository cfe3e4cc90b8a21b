import { extract } from './extract.ts'
import { matchesRe2 } from './regex.ts'
import { durationOf, isTimeField, timeField, timestampOf, timestampText } from './time.ts'
import { Duration, Timestamp, fits, isList, isMap, isNumber, same, typeName } from './value.ts'
import type { Value } from './value.ts'

/** Why a function has no value for these arguments. */
export class Wrong {
  readonly says: string
  constructor(says: string) {
    this.says = says
  }
}

type Fn = (on: Value, args: readonly Value[]) => Value | Wrong | undefined

/** Longest text that evaluation makes. */
const LONGEST = 100_000

/** Member functions by name; `undefined` for types that they do not take. */
const MEMBERS: ReadonlyMap<string, Fn> = new Map<string, Fn>([
  ['startsWith', texts1((on, a) => on.startsWith(a))],
  ['endsWith', texts1((on, a) => on.endsWith(a))],
  ['contains', texts1((on, a) => on.includes(a))],
  ['matches', texts1((on, a) => matchesRe2(a, on) ?? new Wrong(`the pattern ${a} is not supported`))],
  ['extract', texts1((on, a) => extract(on, a) ?? new Wrong(`the template ${a} has no single {name}`))],
  ['size', (on, args) => (args.length === 0 ? sizeOf(on) : undefined)],
  ['lowerAscii', text0((on) => on.replace(/[A-Z]/g, (c) => c.toLowerCase()))],
  ['upperAscii', text0((on) => on.replace(/[a-z]/g, (c) => c.toUpperCase()))],
  ['trim', text0((on) => on.trim())],
  [
    'indexOf',
    texts1((on, a) => BigInt(points(on.slice(0, Math.max(on.indexOf(a), 0)))) - (on.includes(a) ? 0n : 1n)),
  ],
  ['lastIndexOf', texts1((on, a) => (on.includes(a) ? BigInt(points(on.slice(0, on.lastIndexOf(a)))) : -1n))],
  [
    'charAt',
    (on, [at, ...more]) =>
      more.length > 0 ? undefined : part(on, at, typeof at === 'bigint' ? at + 1n : undefined),
  ],
  ['substring', (on, [from, to, ...more]) => (more.length > 0 ? undefined : part(on, from, to))],
  ['replace', replace],
  ['split', split],
  ['join', join],
  ['hasOnly', hasOnly],
])

/** Functions without a target. */
const GLOBALS: ReadonlyMap<string, Fn> = new Map<string, Fn>([
  ['size', (_, [a, ...more]) => (a === undefined || more.length > 0 ? undefined : sizeOf(a))],
  [
    'timestamp',
    of1((a) =>
      a instanceof Timestamp
        ? a
        : typeof a === 'string'
          ? (timestampOf(a) ?? new Wrong(`${a} is no time`))
          : undefined,
    ),
  ],
  [
    'date',
    of1((a) =>
      typeof a === 'string' ? (timestampOf(`${a}T00:00:00Z`) ?? new Wrong(`${a} is no day`)) : undefined,
    ),
  ],
  [
    'duration',
    of1((a) =>
      a instanceof Duration
        ? a
        : typeof a === 'string'
          ? (durationOf(a) ?? new Wrong(`${a} is no duration`))
          : undefined,
    ),
  ],
  ['int', of1(toInt)],
  [
    'double',
    of1((a) =>
      isNumber(a) || (typeof a === 'string' && /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(a))
        ? Number(a)
        : undefined,
    ),
  ],
  ['string', of1(toText)],
  [
    'bool',
    of1((a) => (typeof a === 'boolean' ? a : a === 'true' ? true : a === 'false' ? false : undefined)),
  ],
  ['type', of1(typeName)],
])

/** A function's value for known arguments, why there is none, or `undefined`: no such function is known here. */
export function callFunction(
  name: string,
  on: Value | null,
  isMember: boolean,
  args: readonly Value[],
): Value | Wrong | undefined {
  if (isMember && isTimeField(name)) return timePart(name, on, args)
  const fn = (isMember ? MEMBERS : GLOBALS).get(name)
  if (fn === undefined) return undefined
  const value = fn(on, args)
  if (value === undefined) {
    const kinds = [...(isMember ? [on] : []), ...args].map(typeName).join(', ')
    return new Wrong(`${name} does not take ${kinds}`)
  }
  return typeof value === 'string' && value.length > LONGEST ? new Wrong('the text is too long') : value
}

export function isFunction(name: string, isMember: boolean): boolean {
  return isMember ? MEMBERS.has(name) || isTimeField(name) : GLOBALS.has(name)
}

function texts1(fn: (on: string, a: string) => Value | Wrong): Fn {
  return (on, [a, ...more]) =>
    typeof on === 'string' && typeof a === 'string' && more.length === 0 ? fn(on, a) : undefined
}

function text0(fn: (on: string) => Value): Fn {
  return (on, args) => (typeof on === 'string' && args.length === 0 ? fn(on) : undefined)
}

function of1(fn: (a: Value) => Value | Wrong | undefined): Fn {
  return (_, [a, ...more]) => (a === undefined || more.length > 0 ? undefined : fn(a))
}

/** Length in code points. */
function points(text: string): number {
  return Array.from(text).length
}

function sizeOf(value: Value): bigint | undefined {
  if (typeof value === 'string') return BigInt(points(value))
  if (isList(value)) return BigInt(value.length)
  return isMap(value) ? BigInt(value.size) : undefined
}

/** Characters from one place up to another, counted in code points. */
function part(on: Value, from: Value | undefined, to: Value | undefined): Value | Wrong | undefined {
  if (typeof on !== 'string' || typeof from !== 'bigint') return undefined
  const all = Array.from(on)
  const end = to === undefined ? BigInt(all.length) : to
  if (typeof end !== 'bigint') return undefined
  if (from < 0n || end < from || from > BigInt(all.length)) return new Wrong('an index is out of range')
  return all.slice(Number(from), Number(end)).join('')
}

function replace(on: Value, [from, to, most, ...more]: readonly Value[]): Value | Wrong | undefined {
  if (typeof on !== 'string' || typeof from !== 'string' || typeof to !== 'string' || more.length > 0)
    return undefined
  if (most === undefined) {
    const count = from === '' ? on.length + 1 : on.split(from).length - 1
    if (on.length + count * to.length > LONGEST) return new Wrong('the text is too long')
    return on.replaceAll(from, () => to)
  }
  if (typeof most !== 'bigint') return undefined
  const pieces = on.split(from)
  const times = most < 0n ? pieces.length - 1 : Math.min(Number(most), pieces.length - 1)
  const head = pieces.slice(0, times + 1).join(to)
  return [head, ...pieces.slice(times + 1)].join(from)
}

function split(on: Value, [by, most, ...more]: readonly Value[]): Value | undefined {
  if (typeof on !== 'string' || typeof by !== 'string' || more.length > 0) return undefined
  const pieces = by === '' ? Array.from(on) : on.split(by)
  if (most === undefined) return pieces
  if (typeof most !== 'bigint') return undefined
  if (most === 0n) return []
  if (most < 0n || most >= BigInt(pieces.length)) return pieces
  const first = pieces.slice(0, Number(most) - 1)
  return [...first, pieces.slice(Number(most) - 1).join(by)]
}

function join(on: Value, [by = '', ...more]: readonly Value[]): Value | undefined {
  if (!isList(on) || typeof by !== 'string' || more.length > 0) return undefined
  if (!on.every((item) => typeof item === 'string')) return undefined
  return on.join(by)
}

/** IAM conditions: whether a list has no item but those of another. */
function hasOnly(on: Value, [allowed, ...more]: readonly Value[]): Value | undefined {
  if (!isList(on) || allowed === undefined || !isList(allowed) || more.length > 0) return undefined
  return on.every((item) => allowed.some((each) => same(item, each)))
}

function timePart(name: string, on: Value | null, [zone, ...more]: readonly Value[]): Value | Wrong {
  if (on instanceof Duration && zone === undefined) return durationPart(name, on)
  if (!(on instanceof Timestamp) || (zone !== undefined && typeof zone !== 'string') || more.length > 0)
    return new Wrong(`${name} does not take ${[on, zone ?? null].map(typeName).join(', ')}`)
  return timeField(name, on, zone) ?? new Wrong(`${zone ?? ''} is no time zone`)
}

function durationPart(name: string, { nanos }: Duration): Value | Wrong {
  const size = DURATION_PARTS.get(name)
  if (size === undefined) return new Wrong(`${name} does not take a duration`)
  return name === 'getMilliseconds' ? (nanos / size) % 1000n : nanos / size
}

const DURATION_PARTS: ReadonlyMap<string, bigint> = new Map([
  ['getHours', 3_600_000_000_000n],
  ['getMinutes', 60_000_000_000n],
  ['getSeconds', 1_000_000_000n],
  ['getMilliseconds', 1_000_000n],
])

function toInt(a: Value): Value | Wrong | undefined {
  if (typeof a === 'bigint') return a
  if (a instanceof Timestamp) return a.nanos / 1_000_000_000n - (a.nanos % 1_000_000_000n < 0n ? 1n : 0n)
  if (typeof a === 'number' && Number.isFinite(a)) return whole(BigInt(Math.trunc(a)))
  return typeof a === 'string' && /^[+-]?\d{1,25}$/.test(a) ? whole(BigInt(a.replace('+', ''))) : undefined
}

function whole(value: bigint): Value | Wrong {
  return fits(value) ? value : new Wrong('the number is too large')
}

function toText(a: Value): Value | undefined {
  if (typeof a === 'string' || typeof a === 'bigint' || typeof a === 'number' || typeof a === 'boolean')
    return String(a)
  if (a instanceof Timestamp) return timestampText(a)
  return a instanceof Duration ? `${Number(a.nanos) / 1e9}s` : undefined
}
