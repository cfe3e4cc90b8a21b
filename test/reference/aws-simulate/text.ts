/**
 * Wildcards and policy variables, character by character.
 * IAM User Guide: "Resource" (wildcards), "Variables and tags", "Condition operators" (StringLike, ArnLike).
 */

/** `*` and `?` of a pattern, or a character that stands for itself. */
export type Token = { readonly wild: '*' | '?' } | { readonly char: string }

/** What a variable stands for: its one value, or nothing. */
export type Lookup = (key: string) => string | undefined

/**
 * The tokens of a pattern; undefined when a variable has no value ("effectively null": equal to nothing).
 * Without `lookup` (policies older than 2012-10-17) `${` is text.
 */
export function tokens(pattern: string, lookup: Lookup | undefined): readonly Token[] | undefined {
  const out: Token[] = []
  let at = 0
  while (at < pattern.length) {
    const end = pattern.startsWith('${', at) ? pattern.indexOf('}', at) : -1
    if (lookup !== undefined && end > 0) {
      const name = pattern.slice(at + 2, end)
      const value = ['*', '?', '$'].includes(name) ? name : valueOf(name, lookup)
      if (value === undefined) return undefined
      for (const char of value) out.push({ char })
      at = end + 1
      continue
    }
    const char = pattern.charAt(at++)
    out.push(char === '*' || char === '?' ? { wild: char } : { char })
  }
  return out
}

/** `key` or `key, 'default'`. */
function valueOf(variable: string, lookup: Lookup): string | undefined {
  const parts = /^([^,]*),\s*'(.*)'$/.exec(variable)
  return parts === null ? lookup(variable.trim()) : (lookup(parts[1]!.trim()) ?? parts[2]!)
}

/** Tokens that read wildcards as text: of StringEquals, which has none. */
export function literally(all: readonly Token[]): readonly Token[] {
  return all.map((t) => ('wild' in t ? { char: t.wild } : t))
}

/** Whether the pattern is all of the text. */
export function glob(pattern: readonly Token[], text: string): boolean {
  const match = (p: number, t: number): boolean => {
    const token = pattern[p]
    if (token === undefined) return t === text.length
    if ('char' in token) return text.charAt(t) === token.char && t < text.length && match(p + 1, t + 1)
    if (token.wild === '?') return t < text.length && match(p + 1, t + 1)
    for (let next = t; next <= text.length; next++) if (match(p + 1, next)) return true
    return false
  }
  return match(0, 0)
}

/** The pattern's parts between the first five colons; the sixth part is the rest, colons included. */
function parts(pattern: readonly Token[]): readonly (readonly Token[])[] {
  const out: Token[][] = [[]]
  for (const token of pattern) {
    if (out.length < 6 && 'char' in token && token.char === ':') out.push([])
    else out.at(-1)!.push(token)
  }
  return out
}

/** "Each of the six colon-delimited components of the ARN is checked separately." */
export function arnLike(pattern: readonly Token[], text: string): boolean {
  const wanted = parts(pattern)
  const given = parts(Array.from(text, (char) => ({ char }))).map((part) => spell(part))
  return wanted.length === 6 && given.length === 6 && wanted.every((part, i) => glob(part, given[i]!))
}

function spell(part: readonly Token[]): string {
  return part.map((t) => ('char' in t ? t.char : t.wild)).join('')
}

/**
 * The Resource element. `*` alone is everything. Missing fields of an incomplete ARN are `*`. Wildcards stay within a
 * part, but a `*` that ends a part "can expand to match beyond the colon boundaries"; the sixth part is free.
 */
export function resourceMatches(pattern: string, lookup: Lookup | undefined, arn: string): boolean {
  if (pattern === '*') return true
  const read = tokens(pattern, lookup)
  if (read === undefined) return false
  const all = [...read]
  for (let missing = 6 - parts(all).length; missing > 0; missing--) all.push({ char: ':' }, { wild: '*' })
  const match = (p: number, t: number, part: number): boolean => {
    const token = all[p]
    if (token === undefined) return t === arn.length
    const free = part >= 5
    if ('char' in token) {
      if (t >= arn.length || arn.charAt(t) !== token.char) return false
      return match(p + 1, t + 1, token.char === ':' ? part + 1 : part)
    }
    if (token.wild === '?')
      return t < arn.length && (free || arn.charAt(t) !== ':') && match(p + 1, t + 1, part)
    const after = all[p + 1]
    const endsPart = after === undefined || ('char' in after && after.char === ':')
    for (let next = t; next <= arn.length; next++) {
      if (match(p + 1, next, part)) return true
      if (!free && !endsPart && arn.charAt(next) === ':') return false
    }
    return false
  }
  return match(0, 0, 0)
}
