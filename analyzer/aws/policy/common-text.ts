import type { Tokens } from '../evaluate/arn-pattern.ts'
import { ONE, ONE_IN_SEGMENT, RUN, RUN_IN_SEGMENT } from '../evaluate/arn-pattern.ts'

/** A pattern, case-sensitive or, with its tokens folded, not. */
export interface TextPattern {
  readonly tokens: Tokens
  readonly anyCase: boolean
}

/** What a text is to be: matched by one of `any`, or (`not`) by none of them. */
export interface TextDemand {
  readonly any: readonly TextPattern[]
  readonly not: boolean
}

/** States that are looked at before the search is given up. */
const MOST = 600
const COLON = 58
/** Stands for every character that no pattern has. */
const OTHER = 0

/** Places in the tokens of a pattern at which a text may go on, ascending. */
type Places = readonly number[]

/**
 * Whether no text meets all demands: the patterns are run side by side over texts that are made up character by
 * character, only of characters that one of them waits for. Gives `false`, too, when that takes too many steps.
 */
export function haveNoText(demands: readonly TextDemand[]): boolean {
  const patterns = demands.flatMap(({ any }) => any)
  const isGood = (states: readonly Places[]) => {
    let at = 0
    return demands.every(({ any, not }) => {
      const own = states.slice(at, (at += any.length))
      return own.some((places, i) => places.includes(any[i]?.tokens.length ?? -1)) !== not
    })
  }
  /** Whether some text could still be matched by everything that must be. */
  const isAlive = (states: readonly Places[]) => {
    let at = 0
    return demands.every(({ any, not }) => {
      const own = states.slice(at, (at += any.length))
      return not || own.some((places) => places.length > 0)
    })
  }
  const start = patterns.map(({ tokens }) => opened(tokens, [0]))
  const stack = [start]
  const seen = new Set([start.join('|')])
  while (stack.length > 0) {
    const states = stack.pop() ?? []
    if (isGood(states)) return false
    for (const c of awaited(patterns, states)) {
      const next = patterns.map((pattern, i) => stepped(pattern, states[i] ?? [], c))
      const key = next.join('|')
      if (seen.has(key) || !isAlive(next)) continue
      if (seen.size >= MOST) return false
      seen.add(key)
      stack.push(next)
    }
  }
  return true
}

/** The characters that tell the patterns apart here; those that a pattern waits for come last, so that they are tried first. */
function awaited(patterns: readonly TextPattern[], states: readonly Places[]): Iterable<number> {
  const found = new Set([OTHER, COLON])
  for (const [i, { tokens, anyCase }] of patterns.entries()) {
    for (const place of states[i] ?? []) {
      const token = tokens[place] ?? RUN
      if (token < 0) continue
      found.delete(token)
      found.add(token)
      if (anyCase) found.add(String.fromCharCode(token).toUpperCase().charCodeAt(0))
    }
  }
  return found
}

function stepped({ tokens, anyCase }: TextPattern, places: Places, c: number): Places {
  const next: number[] = []
  const folded = anyCase ? String.fromCharCode(c).toLowerCase().charCodeAt(0) : c
  for (const place of places) {
    const token = tokens[place]
    if (token === RUN || (token === RUN_IN_SEGMENT && c !== COLON)) next.push(place)
    else if (token === ONE || (token === ONE_IN_SEGMENT && c !== COLON) || token === folded) {
      next.push(place + 1)
    }
  }
  return opened(tokens, next)
}

/** With the places behind runs, which may be empty. */
function opened(tokens: Tokens, places: Places): Places {
  const found = new Set(places)
  for (const place of found) {
    const token = tokens[place]
    if (token === RUN || token === RUN_IN_SEGMENT) found.add(place + 1)
  }
  return [...found].sort((a, b) => a - b)
}
