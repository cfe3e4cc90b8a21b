import { matches } from '../../../graph/index.ts'

/**
 * Resource patterns. The IAM user guide (`reference_policies_elements_resource`): `*` and `?` match within a segment of
 * an ARN (the parts between colons); a `*` that is the last character of a segment "can expand to match beyond the
 * colon boundaries"; `*` also matches `/`. The sixth part, the resource, is one part whatever colons it holds
 * (ARN reference; the same six parts as in `ArnLike`), so wildcards inside it match any character.
 *
 * A token is a UTF-16 unit, or one of the following.
 */
export type Tokens = readonly number[]
/** Any run of characters. */
export const RUN = -1
/** Any run without a colon. */
export const RUN_IN_SEGMENT = -2
/** Any character. */
export const ONE = -3
/** Any character but a colon. */
export const ONE_IN_SEGMENT = -4

const COLON = 58
const STAR = 42
const QUESTION = 63

/** Tokens of a pattern; characters at or after the fifth colon are in the resource part. */
export function tokensOf(pattern: string): Tokens {
  const tokens: number[] = []
  let segment = 0
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i)
    if (code === STAR) {
      const ends = i + 1 === pattern.length || pattern.charCodeAt(i + 1) === COLON
      tokens.push(segment >= 5 || ends ? RUN : RUN_IN_SEGMENT)
    } else if (code === QUESTION) tokens.push(segment >= 5 ? ONE : ONE_IN_SEGMENT)
    else {
      if (code === COLON) segment++
      tokens.push(code)
    }
  }
  return tokens
}

/** Whether a pattern means the same when every wildcard may match every character: the usual case, and the fast one. */
export function isPlain(pattern: string): boolean {
  let segment = 0
  for (let i = 0; i < pattern.length && segment < 5; i++) {
    const code = pattern.charCodeAt(i)
    if (code === COLON) segment++
    else if (code === QUESTION) return false
    else if (code === STAR && i + 1 < pattern.length && pattern.charCodeAt(i + 1) !== COLON) return false
  }
  return true
}

/** Whether a plain pattern (see `isPlain`) matches a text. */
export function plainMatches(pattern: string, text: string): boolean {
  return pattern === '*' || matches(pattern, text)
}

/** Whether the tokens match a text without wildcards of its own. */
export function tokensMatch(tokens: Tokens, text: string): boolean {
  // Most texts already differ before the first wildcard: they need no tokens of their own.
  for (let i = 0; i < tokens.length && (tokens[i] ?? 0) >= 0; i++) {
    if (tokens[i] !== text.charCodeAt(i)) return false
  }
  return covers(tokens, literal(text))
}

/** Whether a text holds wildcards, so that it names many resources. */
export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/** Tokens of a text in which `*` and `?` mean themselves. */
export function literal(text: string): Tokens {
  const tokens: number[] = []
  for (let i = 0; i < text.length; i++) tokens.push(text.charCodeAt(i))
  return tokens
}

/**
 * Whether everything that `inner` matches is matched by `outer`. Never wrongly yes; patterns that are equal only by
 * rearranging neighbouring wildcards (`*?` and `?*`) may be a no.
 */
export function covers(outer: Tokens, inner: Tokens): boolean {
  // Most patterns already differ in the text before their first wildcard.
  let head = 0
  while (head < outer.length && (outer[head] ?? 0) >= 0) {
    if (outer[head] !== inner[head]) return false
    head++
  }
  if (head === outer.length) return inner.length === head
  let row = new Uint8Array(outer.length + 1)
  let next = new Uint8Array(outer.length + 1)
  row[head] = 1
  spread(outer, row)
  for (let at = head; at < inner.length; at++) {
    const symbol = inner[at] ?? 0
    next.fill(0)
    let alive = false
    for (let i = head; i < outer.length; i++) {
      if (row[i] === 0) continue
      const token = outer[i] ?? 0
      if (!absorbs(token, symbol)) continue
      next[isRun(token) ? i : i + 1] = 1
      alive = true
    }
    if (!alive) return false
    spread(outer, next)
    const spare = row
    row = next
    next = spare
  }
  return row[outer.length] === 1
}

/** Whether some text is matched by both. */
export function overlap(a: Tokens, b: Tokens): boolean {
  const width = b.length + 1
  const seen = new Uint8Array((a.length + 1) * width)
  const stack = [0]
  while (stack.length > 0) {
    const at = stack.pop() ?? 0
    if (seen[at] === 1) continue
    seen[at] = 1
    const i = Math.floor(at / width)
    const j = at % width
    if (i === a.length && j === b.length) return true
    const x = a[i]
    const y = b[j]
    if (x !== undefined && isRun(x)) stack.push(at + width)
    if (y !== undefined && isRun(y)) stack.push(at + 1)
    if (x === undefined || y === undefined || !meet(x, y)) continue
    stack.push((isRun(x) ? i : i + 1) * width + (isRun(y) ? j : j + 1))
  }
  return false
}

function isRun(token: number): boolean {
  return token === RUN || token === RUN_IN_SEGMENT
}

/** Whether one token of `outer` takes everything that a token of `inner` stands for. */
function absorbs(token: number, symbol: number): boolean {
  switch (token) {
    case RUN:
      return true
    case RUN_IN_SEGMENT:
      return symbol !== COLON && symbol !== RUN && symbol !== ONE
    case ONE:
      return !isRun(symbol)
    case ONE_IN_SEGMENT:
      return symbol === ONE_IN_SEGMENT || (symbol >= 0 && symbol !== COLON)
    default:
      return token === symbol
  }
}

/** Whether two tokens can stand for the same character. */
function meet(x: number, y: number): boolean {
  if (x >= 0 && y >= 0) return x === y
  if (x >= 0) return y === RUN || y === ONE || x !== COLON
  if (y >= 0) return x === RUN || x === ONE || y !== COLON
  return true
}

/** A run may also be empty. */
function spread(outer: Tokens, row: Uint8Array): void {
  for (let i = 0; i < outer.length; i++) if (row[i] === 1 && isRun(outer[i] ?? 0)) row[i + 1] = 1
}
