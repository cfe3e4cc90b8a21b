/**
 * Wildcard patterns of the clouds' permission and resource languages: `*` is any run of characters, `?` exactly one
 * (only where `single` is on). Matching is over UTF-16 units, case is the caller's business.
 * Linear in text × pattern at worst, without regular expressions: hostile patterns cannot make it explode.
 */
export function matches(pattern: string, text: string, single = true): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    const c = p < pattern.length ? pattern.charCodeAt(p) : -1
    if (c === STAR) {
      star = p++
      mark = t
    } else if (c === text.charCodeAt(t) || (single && c === QUESTION)) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (p < pattern.length && pattern.charCodeAt(p) === STAR) p++
  return p === pattern.length
}

const STAR = 42
const QUESTION = 63

/** Whether a pattern names more than one text. */
export function isWild(pattern: string, single = true): boolean {
  return pattern.includes('*') || (single && pattern.includes('?'))
}

/** The text before the first wildcard. */
export function literalPrefix(pattern: string, single = true): string {
  const star = pattern.indexOf('*')
  const question = single ? pattern.indexOf('?') : -1
  const end = star < 0 ? question : question < 0 ? star : Math.min(star, question)
  return end < 0 ? pattern : pattern.slice(0, end)
}
