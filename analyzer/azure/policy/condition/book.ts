import type { Formula } from '../formula.ts'
import { TRUE, doubt } from '../formula.ts'
import type { ConditionText } from '../model.ts'
import type { Facts } from './evaluate.ts'
import { evaluate } from './evaluate.ts'
import type { Parsed } from './parse.ts'
import { parse } from './parse.ts'

/** Texts that are kept; an estate has far fewer, a stream of invented ones does not fill the memory. */
const KEPT = 10_000

/** Conditions by their text, each read once. */
export class ConditionBook {
  private readonly read = new Map<string, Parsed>()

  parsed(text: string): Parsed {
    let parsed = this.read.get(text)
    if (parsed === undefined) {
      if (this.read.size >= KEPT) this.read.clear()
      parsed = parse(text)
      this.read.set(text, parsed)
    }
    return parsed
  }

  /**
   * What is left of a condition. One that cannot be read, or of an undocumented version, is a doubt.
   *
   * @param of whose it is, for the doubt: `role assignment a1`
   */
  evaluate(condition: ConditionText | null, facts: Facts, of: string, absentFails = true): Formula {
    if (condition === null) return TRUE
    if (condition.version !== null && condition.version !== '2.0')
      return doubt('condition', `the condition of ${of} has the version ${condition.version}, not 2.0`)
    const parsed = this.parsed(condition.text)
    if ('condition' in parsed) return evaluate(parsed.condition, facts, absentFails)
    const { says, at } = parsed.unreadable
    return doubt('condition', `the condition of ${of} cannot be read: ${says} (character ${at + 1})`)
  }
}
