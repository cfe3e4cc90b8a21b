import { OPERATORS } from './operators.ts'
import type { Attribute, Condition, Count, Literal, Operand } from './syntax.ts'
import { SOURCES } from './syntax.ts'
import type { Token, Unreadable } from './tokens.ts'
import { tokens } from './tokens.ts'

export type Parsed = { readonly condition: Condition } | { readonly unreadable: Unreadable }

/** Deeper than any condition of 8 KB that a person would write; bounds the recursion. */
const DEEPEST = 200

/**
 * Reads a condition. What cannot be read is a value, not an error: it makes an answer unknown. `AND` beside `OR` without
 * parentheses cannot be read: its order is documented as ambiguous.
 */
export function parse(text: string): Parsed {
  const list = tokens(text)
  if ('says' in list) return { unreadable: list }
  const reader = new Reader(list, text.length)
  try {
    return { condition: reader.whole() }
  } catch (caught) {
    if (caught instanceof Stop) return { unreadable: caught.why }
    throw caught
  }
}

/** Leaves the recursion with the reason; never leaves this file. */
class Stop {
  readonly why: Unreadable
  constructor(why: Unreadable) {
    this.why = why
  }
}

class Reader {
  private readonly list: readonly Token[]
  private readonly end: number
  private next = 0
  private depth = 0

  constructor(list: readonly Token[], end: number) {
    this.list = list
    this.end = end
  }

  whole(): Condition {
    const condition = this.chain()
    if (this.peek() !== undefined) this.stop('nothing was expected here any more')
    return condition
  }

  private chain(): Condition {
    const first = this.unary()
    const kind = this.joint()
    if (kind === undefined) return first
    const of = [first]
    for (let joint: typeof kind | undefined = kind; joint !== undefined; joint = this.joint()) {
      if (joint !== kind) this.stop('AND beside OR needs parentheses')
      this.next++
      of.push(this.unary())
    }
    return { kind, of }
  }

  /** The `AND` or `OR` that comes next, not taken. */
  private joint(): 'and' | 'or' | undefined {
    const text = this.peek()?.text.toLowerCase()
    if (this.peek()?.kind === 'mark') return text === '&&' ? 'and' : text === '||' ? 'or' : undefined
    return this.peek()?.kind === 'word' && (text === 'and' || text === 'or') ? text : undefined
  }

  private unary(): Condition {
    if (++this.depth > DEEPEST) this.stop('it is nested too deeply')
    const made = this.inner()
    this.depth--
    return made
  }

  private inner(): Condition {
    const token = this.peek()
    if (token === undefined) return this.stop('it ends too early')
    if (this.isWord('not') || this.isMark('!')) {
      this.next++
      return { kind: 'not', of: this.unary() }
    }
    if (this.isMark('(')) {
      this.next++
      const inside = this.chain()
      this.mark(')')
      return inside
    }
    if (this.isWord('actionmatches')) return { kind: 'action', patterns: this.patterns() }
    if (this.isWord('suboperationmatches')) return { kind: 'sub-operation', patterns: this.patterns() }
    if (this.isWord('exists')) {
      this.next++
      return { kind: 'exists', attribute: this.attribute() }
    }
    return this.comparison()
  }

  private patterns(): string[] {
    this.next++
    return this.braces().map(({ text }) => text)
  }

  private comparison(): Condition {
    const left = this.operand()
    const token = this.peek()
    if (token?.kind !== 'word') return this.stop('an operator was expected here')
    this.next++
    const [, leftCount, rightCount, name = ''] =
      /^(?:For(Any|All)Of(Any|All)Values:)?(.+)$/i.exec(token.text) ?? []
    const operator = OPERATORS.get(name.toLowerCase())?.name ?? name
    const quantifier =
      leftCount === undefined || rightCount === undefined
        ? null
        : { left: leftCount.toLowerCase() as Count, right: rightCount.toLowerCase() as Count }
    return { kind: 'compare', quantifier, operator, left, right: this.operand() }
  }

  private operand(): Operand {
    const token = this.peek()
    if (token?.kind === 'attribute') return { kind: 'attribute', attribute: this.attribute() }
    if (this.isMark('{')) return { kind: 'values', values: this.braces(), braced: true }
    return { kind: 'values', values: [this.literal()], braced: false }
  }

  private attribute(): Attribute {
    const token = this.peek()
    if (token?.kind !== 'attribute') return this.stop('an attribute was expected here')
    const source = SOURCES.find((known) => known.toLowerCase() === token.text.toLowerCase())
    if (source === undefined) return this.stop(`\`@${token.text}\` is no source of attributes`)
    this.next++
    return { source, name: token.name }
  }

  private braces(): Literal[] {
    this.mark('{')
    const values = [this.literal()]
    while (this.isMark(',')) {
      this.next++
      values.push(this.literal())
    }
    this.mark('}')
    return values
  }

  private literal(): Literal {
    const token = this.peek()
    if (token?.kind !== 'text' && token?.kind !== 'word') return this.stop('a value was expected here')
    this.next++
    return { type: token.kind, text: token.text }
  }

  private peek(): Token | undefined {
    return this.list[this.next]
  }

  private isMark(text: string): boolean {
    const token = this.peek()
    return token?.kind === 'mark' && token.text === text
  }

  private isWord(text: string): boolean {
    const token = this.peek()
    return token?.kind === 'word' && token.text.toLowerCase() === text
  }

  private mark(text: string): void {
    if (!this.isMark(text)) this.stop(`\`${text}\` was expected here`)
    this.next++
  }

  private stop(says: string): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a way out of the recursion, caught above
    throw new Stop({ says, at: this.peek()?.at ?? this.end })
  }
}
