import { GomeisaError } from '../../../../graph/index.ts'

/** A piece of an expression; `at` is its offset. */
export interface Token {
  readonly kind: 'name' | 'sign' | 'string' | 'int' | 'double' | 'end'
  readonly text: string
  readonly at: number
}

/** What cannot be read as an expression; caught where texts are read. */
export function celSyntax(says: string): GomeisaError {
  return new GomeisaError('INPUT_SYNTAX', says)
}

const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.\d+|\d+(?=[eE]))(?:[eE][+-]?\d+)?|\d+/y
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const SIGN = /&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}]/y
const SPACE = /(?:[\s]+|\/\/[^\n]*)+/y

/** Longest expression that is read: IAM limits conditions to 12,288 characters, attribute conditions to 4,096. */
const LONGEST = 20_000

export function tokens(text: string): Token[] {
  if (text.length > LONGEST) throw celSyntax(`it is longer than ${LONGEST} characters`)
  const found: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const piece = pattern.exec(text)?.[0]
    if (piece !== undefined) at += piece.length
    return piece
  }
  for (;;) {
    take(SPACE)
    const start = at
    if (at >= text.length) {
      found.push({ kind: 'end', text: '', at })
      return found
    }
    const quoted = /(?:[rR])?(?:"""|'''|"|')/y
    quoted.lastIndex = at
    const open = quoted.exec(text)?.[0]
    if (open !== undefined) {
      const read = stringAt(text, at, open)
      at = read.end
      found.push({ kind: 'string', text: read.value, at: start })
      continue
    }
    const number = take(NUMBER)
    if (number !== undefined) {
      const isInt = /^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(number)
      if (isInt && /[uU]/.test(text.charAt(at))) at++
      found.push({ kind: isInt ? 'int' : 'double', text: number, at: start })
      continue
    }
    const name = take(NAME)
    if (name !== undefined) {
      found.push({ kind: 'name', text: name, at: start })
      continue
    }
    const sign = take(SIGN)
    if (sign === undefined) throw celSyntax(`\`${text.charAt(at)}\` at ${at + 1} is not expected`)
    found.push({ kind: 'sign', text: sign, at: start })
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ['?', '?'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
])

function stringAt(text: string, start: number, open: string): { value: string; end: number } {
  const raw = /^[rR]/.test(open)
  const quote = raw ? open.slice(1) : open
  let value = ''
  for (let at = start + open.length; at < text.length;) {
    if (text.startsWith(quote, at)) return { value, end: at + quote.length }
    const c = text.charAt(at)
    if (c === '\n' && quote.length === 1) break
    if (c !== '\\' || raw) {
      value += c
      at++
      continue
    }
    const next = text.charAt(at + 1)
    const simple = ESCAPES.get(next)
    if (simple !== undefined) {
      value += simple
      at += 2
      continue
    }
    const code = /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y
    code.lastIndex = at
    const escape = code.exec(text)
    if (escape === null) throw celSyntax(`the escape at ${at + 1} is none of the language`)
    const [whole, x, u, long, octal] = escape
    const point = octal === undefined ? parseInt(x ?? u ?? long ?? '', 16) : parseInt(octal, 8)
    if (point > 0x10ffff) throw celSyntax(`the escape at ${at + 1} is no character`)
    value += String.fromCodePoint(point)
    at += whole.length
  }
  throw celSyntax(`the text that starts at ${start + 1} does not end`)
}
