import { canonicalJson, isObject, type Json } from '../../graph/index.ts'
import { demand } from '../refusal.ts'

/** Deeper than any request; a recursion that ends. */
const DEEPEST = 32
/** A request must be read by a person before it is agreed to. */
const LONGEST = 16_384

/**
 * A request in the one form that everybody computes alike (RFC 8785). Refuses what has no such form (a number that is not
 * finite, half of a surrogate pair, a value that is no JSON), and what nobody would read.
 */
export function canonicalRequest(value: Json): string {
  check(value, 0)
  const form = canonicalJson(value)
  demand(form.length <= LONGEST, 'malformed', 'the request is too long to be read by a person')
  return form
}

function check(value: unknown, depth: number): void {
  demand(depth <= DEEPEST, 'malformed', 'the request is nested too deeply')
  if (value === null || value === undefined || typeof value === 'boolean') return
  if (typeof value === 'number') {
    demand(Number.isFinite(value), 'malformed', 'a number of the request is not finite')
  } else if (typeof value === 'string') {
    demand(value.isWellFormed(), 'malformed', 'a text of the request holds half a character')
  } else if (Array.isArray(value)) {
    for (const each of value) check(each, depth + 1)
  } else {
    demand(isObject(value), 'malformed', 'a value of the request is no JSON')
    for (const [key, each] of Object.entries(value)) {
      check(key, depth)
      check(each, depth + 1)
    }
  }
}
