/** A point in time, in nanoseconds since 1970-01-01T00:00:00Z (google.protobuf.Timestamp). */
export class Timestamp {
  readonly nanos: bigint
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

/** A span of time in nanoseconds (google.protobuf.Duration). */
export class Duration {
  readonly nanos: bigint
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

/** CEL's `int` is a bigint, its `double` a number. */
export type Value =
  | null
  | boolean
  | string
  | bigint
  | number
  | Timestamp
  | Duration
  | readonly Value[]
  | ReadonlyMap<Value, Value>

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isMap(value: Value): value is ReadonlyMap<Value, Value> {
  return value instanceof Map
}

/** CEL's equality: numbers by what they are worth, values of unlike types are unequal. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a === 'bigint' && typeof b === 'number') return Number(a) === b
  if (typeof a === 'number' && typeof b === 'bigint') return a === Number(b)
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, i) => same(item, b[i] ?? null))
  }
  if (isMap(a)) {
    if (!isMap(b) || a.size !== b.size) return false
    return [...a].every(([key, value]) => {
      const other = lookUp(b, key)
      return other !== undefined && same(value, other)
    })
  }
  return false
}

/** The value under a key, keys being compared as values are. */
export function lookUp(map: ReadonlyMap<Value, Value>, key: Value): Value | undefined {
  const found = map.get(key)
  if (found !== undefined || typeof key === 'string') return found
  for (const [other, value] of map) if (same(other, key)) return value
  return undefined
}

/** Negative, zero or positive; `undefined`: these are not ordered. */
export function order(a: Value, b: Value): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  const both =
    (a instanceof Timestamp && b instanceof Timestamp) || (a instanceof Duration && b instanceof Duration)
  if (!both) return undefined
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0
}

export function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number'
}

/** The CEL name of a value's type. */
export function typeName(value: Value): string {
  if (value === null) return 'null_type'
  if (value instanceof Timestamp) return 'timestamp'
  if (value instanceof Duration) return 'duration'
  if (isList(value)) return 'list'
  if (isMap(value)) return 'map'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    default:
      return 'string'
  }
}

const I64 = 2n ** 63n

/** Whether an integer is one of CEL's, which have 64 bits. */
export function fits(value: bigint): boolean {
  return value >= -I64 && value < I64
}
