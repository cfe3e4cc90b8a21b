/** A number that missing facts leave open: the best estimate between what it is at least and at most; 0 … 1. */
export interface Interval {
  readonly low: number
  readonly value: number
  readonly high: number
}

export const NOTHING: Interval = { low: 0, value: 0, high: 0 }

/** The same at both ends. */
export function exactly(value: number): Interval {
  return { low: value, value, high: value }
}

/** Applies a function that never falls to all three. */
export function through(of: Interval, rise: (x: number) => number): Interval {
  return { low: rise(of.low), value: rise(of.value), high: rise(of.high) }
}

/** Independent chances together: 1 − Π (1 − x). Sorted before, so that the order of the parts changes no bit. */
export function together(parts: readonly Interval[]): Interval {
  const one = (of: readonly number[]): number =>
    1 - of.toSorted((a, b) => a - b).reduce((left, x) => left * (1 - x), 1)
  return {
    low: one(parts.map((part) => part.low)),
    value: one(parts.map((part) => part.value)),
    high: one(parts.map((part) => part.high)),
  }
}

/** One part scaled by another. */
export function times(a: Interval, b: Interval): Interval {
  return { low: a.low * b.low, value: a.value * b.value, high: a.high * b.high }
}

export function larger(a: Interval, b: Interval): Interval {
  return {
    low: Math.max(a.low, b.low),
    value: Math.max(a.value, b.value),
    high: Math.max(a.high, b.high),
  }
}
