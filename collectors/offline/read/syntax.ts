import {
  isJsonBlank,
  JSON_BACKSLASH,
  JSON_CLOSE_LIST,
  JSON_CLOSE_OBJECT,
  JSON_COLON,
  JSON_COMMA,
  JSON_OPEN_LIST,
  JSON_OPEN_OBJECT,
  JSON_QUOTE,
} from '../../../graph/index.ts'

/** The first place where a text stops being JSON (RFC 8259). */
export interface SyntaxProblem {
  /** In bytes. */
  readonly offset: number
  /** `unexpected character` or, at the end of a text that was cut off, what it ends inside. */
  readonly says: string
  readonly isCutOff: boolean
}

/**
 * Finds what `JSON.parse` refused. Runs only after it did: the runtime's own message has no reliable position.
 * Needs no recursion; the text may nest as deep as it likes.
 */
export function findSyntaxProblem(bytes: Uint8Array): SyntaxProblem | undefined {
  return new Reader(bytes).document()
}

class Reader {
  private readonly bytes: Uint8Array
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  document(): SyntaxProblem | undefined {
    const open: number[] = []
    let expects: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value'
    for (;;) {
      this.skipSpace()
      const inside = open.at(-1)
      const byte = this.bytes[this.at]
      if (byte === undefined)
        return this.cutOff(
          inside === JSON_OPEN_LIST ? 'a list' : inside === JSON_OPEN_OBJECT ? 'an object' : 'a value',
        )
      if (expects === 'comma or end') {
        if (byte === (inside === JSON_OPEN_LIST ? JSON_CLOSE_LIST : JSON_CLOSE_OBJECT)) {
          this.at++
          open.pop()
        } else if (byte === JSON_COMMA) {
          this.at++
          expects = inside === JSON_OPEN_LIST ? 'value' : 'key'
          continue
        } else return this.unexpected(inside === JSON_OPEN_LIST ? '`,` or `]`' : '`,` or `}`')
      } else if (expects === 'key' || expects === 'key or end') {
        if (byte === JSON_CLOSE_OBJECT && expects === 'key or end') {
          this.at++
          open.pop()
        } else {
          if (byte !== JSON_QUOTE) return this.unexpected('a key in double quotes')
          const problem = this.string() ?? this.colon()
          if (problem !== undefined) return problem
          expects = 'value'
          continue
        }
      } else if (byte === JSON_CLOSE_LIST && expects === 'value or end') {
        this.at++
        open.pop()
      } else if (byte === JSON_OPEN_OBJECT || byte === JSON_OPEN_LIST) {
        this.at++
        open.push(byte)
        expects = byte === JSON_OPEN_OBJECT ? 'key or end' : 'value or end'
        continue
      } else {
        const problem = this.scalar(byte)
        if (problem !== undefined) return problem
      }
      if (open.length === 0) return this.ending()
      expects = 'comma or end'
    }
  }

  private ending(): SyntaxProblem | undefined {
    this.skipSpace()
    return this.at < this.bytes.length ? this.unexpected('the end of the file') : undefined
  }

  private colon(): SyntaxProblem | undefined {
    this.skipSpace()
    const byte = this.bytes[this.at]
    if (byte === undefined) return this.cutOff('an object')
    if (byte !== JSON_COLON) return this.unexpected('`:`')
    this.at++
    return undefined
  }

  private string(): SyntaxProblem | undefined {
    for (this.at++; ; this.at++) {
      const byte = this.bytes[this.at]
      if (byte === undefined) return this.cutOff('a string')
      if (byte === JSON_QUOTE) {
        this.at++
        return undefined
      }
      if (byte < SPACE) return this.unexpected('no control character in a string')
      if (byte !== JSON_BACKSLASH) continue
      const escape = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.ahead(1, 5))
      if (escape === null) {
        this.at++
        return this.at + 4 >= this.bytes.length
          ? this.cutOff('a string')
          : this.unexpected('an escape of JSON')
      }
      this.at += escape[0].length
    }
  }

  private scalar(byte: number): SyntaxProblem | undefined {
    if (byte === JSON_QUOTE) return this.string()
    const found = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(this.ahead(0, 400))
    if (found === null) {
      const isCut = ['true', 'false', 'null', '-'].some((word) => word.startsWith(this.ahead(0, 6)))
      return isCut ? this.cutOff('a value') : this.unexpected('a value')
    }
    this.at += found[0].length
    return undefined
  }

  private ahead(from: number, length: number): string {
    return Buffer.from(this.bytes.subarray(this.at + from, this.at + from + length)).toString('latin1')
  }

  private skipSpace(): void {
    while (isJsonBlank(this.bytes[this.at])) this.at++
  }

  private cutOff(inside: string): SyntaxProblem {
    return { offset: this.bytes.length, says: `it ends inside ${inside}`, isCutOff: true }
  }

  private unexpected(expected: string): SyntaxProblem {
    const found =
      Buffer.from(this.bytes.subarray(this.at, this.at + 4))
        .toString('utf8')
        .at(0) ?? ''
    return { offset: this.at, says: `expected ${expected}, found ${JSON.stringify(found)}`, isCutOff: false }
  }
}

const SPACE = 0x20
