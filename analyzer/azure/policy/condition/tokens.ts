/** A word of a condition, with the place (offset, from zero) where it begins. */
export interface Token {
  readonly kind: 'mark' | 'text' | 'word' | 'attribute'
  /** Of an attribute, what stands before the brackets: its source. */
  readonly text: string
  /** Of an attribute, what stands in the brackets. */
  readonly name: string
  readonly at: number
}

/** Why a condition cannot be read, and where (offset, from zero). */
export interface Unreadable {
  readonly says: string
  readonly at: number
}

const SPACE = /\s+/y
const MARK = /&&|\|\||[(){},!]/y
const TEXT = /'([^']*)'/y
const ATTRIBUTE = /@?([A-Za-z]+)\[([^\]]*)\]/y
const WORD = /[\p{L}\p{N}_.:+-]+/uy

/** Takes a condition apart into tokens. */
export function tokens(text: string): readonly Token[] | Unreadable {
  const found: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  while (at < text.length) {
    const space = take(SPACE)
    if (space !== null) {
      at += space[0].length
      continue
    }
    const match = readToken(take, at)
    if (match === undefined) return { says: `\`${text.slice(at, at + 12)}\` cannot be read`, at }
    found.push(match.token)
    at += match.length
  }
  return found
}

function readToken(
  take: (pattern: RegExp) => RegExpExecArray | null,
  at: number,
): { token: Token; length: number } | undefined {
  const mark = take(MARK)
  if (mark !== null) return made('mark', mark[0], '', at, mark[0])
  const text = take(TEXT)
  if (text !== null) return made('text', text[1] ?? '', '', at, text[0])
  const attribute = take(ATTRIBUTE)
  if (attribute !== null) return made('attribute', attribute[1] ?? '', attribute[2] ?? '', at, attribute[0])
  const word = take(WORD)
  if (word !== null) return made('word', word[0], '', at, word[0])
  return undefined
}

function made(
  kind: Token['kind'],
  text: string,
  name: string,
  at: number,
  whole: string,
): { token: Token; length: number } {
  return { token: { kind, text, name, at }, length: whole.length }
}
