import type { LayerReader } from '../../evaluate/layers.ts'
import type { Able } from '../holders.ts'
import type { Judge, Judged } from '../judge.ts'

/** A question about one action on one resource, asked of many principals. */
export class Question {
  /** Those whose policies speak of it at all. */
  readonly able: Able
  private readonly judge: Judge
  private readonly make: () => LayerReader
  private made: LayerReader | undefined
  /** Techniques share their needs, and who is ranked is often proven next. */
  private readonly known = new Map<number, Judged>()

  /** `reader` is asked for once, when it is needed: of most questions it is enough who is able. */
  constructor(judge: Judge, able: (reader: () => LayerReader) => Able, reader: () => LayerReader) {
    this.judge = judge
    this.make = reader
    this.able = able(() => this.reader)
  }

  get reader(): LayerReader {
    return (this.made ??= this.make())
  }

  /** The answer for a principal that is able. */
  judged(principal: number): Judged {
    const known = this.known.get(principal)
    if (known !== undefined) return known
    const made = this.judge.judged(this.reader, principal)
    this.known.set(principal, made)
    return made
  }

  /** The same question, asked of one principal whatever its own policies say. */
  of(principal: number): Question {
    return new Question(
      this.judge,
      () => new Set([principal]),
      () => this.reader,
    )
  }
}
