import { GomeisaError } from '../../../../graph/index.ts'
import type { Expr, Sign } from './ast.ts'
import { OPERATORS, known } from './ast.ts'
import type { Token } from './lexer.ts'
import { celSyntax, tokens } from './lexer.ts'
import { fits } from './value.ts'

/** What a text is: an expression, or why it is none. */
export type Parsed = { readonly expr: Expr } | { readonly wrong: string }

/** How many distinct texts are remembered: estates repeat few conditions, a stream of requests may not. */
const REMEMBERED = 4_096
const DEEPEST = 200
/** Most operators, members and calls of one expression, which are walked through in recursion. */
const MOST_STEPS = 2_000

let memory = new Map<string, Parsed>()

/** Reads an expression of the Common Expression Language; the same text is read once. */
export function parseCel(text: string): Parsed {
  const seen = memory.get(text)
  if (seen !== undefined) return seen
  const made = read(text)
  if (memory.size >= REMEMBERED) memory = new Map()
  memory.set(text, made)
  return made
}

function read(text: string): Parsed {
  try {
    return { expr: new Parser(tokens(text)).whole() }
  } catch (error) {
    if (error instanceof GomeisaError) return { wrong: error.message }
    throw error
  }
}

class Parser {
  private readonly list: readonly Token[]
  private place = 0
  private depth = 0
  private steps = 0

  constructor(list: readonly Token[]) {
    this.list = list
  }

  whole(): Expr {
    const expr = this.choice()
    if (this.now.kind !== 'end') this.fail()
    return expr
  }

  private get now(): Token {
    return this.list[this.place] ?? { kind: 'end', text: '', at: 0 }
  }

  private fail(): never {
    const { kind, text, at } = this.now
    throw celSyntax(kind === 'end' ? 'it ends too early' : `\`${text}\` at ${at + 1} is not expected`)
  }

  private step(): void {
    if (++this.steps > MOST_STEPS) throw celSyntax(`it has more than ${MOST_STEPS} parts`)
  }

  private take(sign: string): boolean {
    const { kind, text } = this.now
    if (kind !== 'sign' || text !== sign) return false
    this.place++
    return true
  }

  private need(sign: string): void {
    if (!this.take(sign)) this.fail()
  }

  private choice(): Expr {
    if (++this.depth > DEEPEST) throw celSyntax(`it is nested deeper than ${DEEPEST}`)
    const test = this.level(0)
    let expr = test
    if (this.take('?')) {
      const then = this.level(0)
      this.need(':')
      expr = { op: 'choice', test, then, otherwise: this.choice() }
    }
    this.depth--
    return expr
  }

  private level(at: number): Expr {
    const signs: readonly string[] | undefined = OPERATORS[at]
    if (signs === undefined) return this.unary()
    let left = this.level(at + 1)
    for (;;) {
      const { kind, text } = this.now
      if (!(kind === 'sign' || text === 'in') || kind === 'string' || !signs.includes(text)) return left
      this.place++
      this.step()
      left = { op: 'binary', sign: text as Sign, left, right: this.level(at + 1) }
    }
  }

  private unary(): Expr {
    let nots = 0
    while (this.take('!')) nots++
    let minuses = 0
    while (nots === 0 && this.take('-')) minuses++
    if (nots + minuses > DEEPEST) throw celSyntax(`it is nested deeper than ${DEEPEST}`)
    let expr = minuses > 0 && this.now.kind !== 'sign' ? this.number(minuses) : this.postfix()
    for (let i = 0; i < nots; i++) expr = { op: 'not', of: expr }
    if (minuses > 0 && expr.op !== 'known') {
      for (let i = 0; i < minuses; i++) expr = { op: 'negate', of: expr }
    }
    return expr
  }

  /** A negated number is a literal of its own, so that the least integer can be written. */
  private number(minuses: number): Expr {
    const { kind, text } = this.now
    if (kind !== 'int' && kind !== 'double') return this.postfix()
    this.place++
    const odd = minuses % 2 === 1
    if (kind === 'double') return known(odd ? -Number(text) : Number(text))
    const value = odd ? -BigInt(text) : BigInt(text)
    if (!fits(value)) throw celSyntax(`${text} is too large`)
    return known(value)
  }

  private postfix(): Expr {
    let expr = this.primary()
    for (;;) {
      this.step()
      if (this.take('.')) {
        const { kind, text } = this.now
        if (kind !== 'name') this.fail()
        this.place++
        expr = this.take('(')
          ? { op: 'call', name: text, on: expr, args: this.items(')') }
          : { op: 'member', of: expr, name: text }
      } else if (this.take('[')) {
        expr = { op: 'index', of: expr, at: this.choice() }
        this.need(']')
      } else return expr
    }
  }

  private primary(): Expr {
    const { kind, text } = this.now
    if (kind === 'string') {
      this.place++
      return known(text)
    }
    if (kind === 'int' || kind === 'double') return this.number(0)
    if (kind === 'name') {
      if (text === 'in') this.fail()
      this.place++
      if (text === 'true' || text === 'false') return known(text === 'true')
      if (text === 'null') return known(null)
      return this.take('(')
        ? { op: 'call', name: text, on: null, args: this.items(')') }
        : { op: 'name', name: text }
    }
    if (this.take('.')) return this.primary()
    if (this.take('(')) {
      const inner = this.choice()
      this.need(')')
      return inner
    }
    if (this.take('[')) return { op: 'list', items: this.items(']') }
    if (this.take('{')) return { op: 'map', entries: this.entries() }
    return this.fail()
  }

  private items(end: string): Expr[] {
    const items: Expr[] = []
    while (!this.take(end)) {
      items.push(this.choice())
      if (!this.take(',')) {
        this.need(end)
        break
      }
    }
    return items
  }

  private entries(): (readonly [Expr, Expr])[] {
    const entries: (readonly [Expr, Expr])[] = []
    while (!this.take('}')) {
      const key = this.choice()
      this.need(':')
      entries.push([key, this.choice()])
      if (!this.take(',')) {
        this.need('}')
        break
      }
    }
    return entries
  }
}
