import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ONE, ONE_IN_SEGMENT, RUN, RUN_IN_SEGMENT } from '../../analyzer/aws/evaluate/arn-pattern.ts'
import { haveNoText, type TextDemand, type TextPattern } from '../../analyzer/aws/policy/common-text.ts'

const CHARACTERS = ['a', 'A', 'b', ':', 'z'] as const
/** Every text of up to six of the characters; `z` is in no pattern. */
const TEXTS = Array.from({ length: 7 }, (_, length) => length).flatMap((length) => {
  let made = ['']
  for (let i = 0; i < length; i++) made = made.flatMap((text) => CHARACTERS.map((c) => text + c))
  return made
})

const TOKENS: ReadonlyMap<string, number> = new Map([
  ['*', RUN],
  ['+', RUN_IN_SEGMENT],
  ['?', ONE],
  ['.', ONE_IN_SEGMENT],
])
const PARTS: ReadonlyMap<string, string> = new Map([
  ['*', '.*'],
  ['+', '[^:]*'],
  ['?', '.'],
  ['.', '[^:]'],
])

/** A pattern in letters of its own: `*` and `+` are runs, `?` and `.` single characters, `+` and `.` without a colon. */
interface Written {
  readonly text: string
  readonly anyCase: boolean
}

const written = fc.record({
  text: fc
    .array(fc.constantFrom('a', 'b', ':', '*', '+', '?', '.'), { maxLength: 3 })
    .map((parts) => parts.join('')),
  anyCase: fc.boolean(),
})
const demands = fc.array(
  fc.record({ any: fc.array(written, { minLength: 1, maxLength: 2 }), not: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
)

function patternOf({ text, anyCase }: Written): TextPattern {
  return { anyCase, tokens: Array.from(text, (c) => TOKENS.get(c) ?? c.charCodeAt(0)) }
}

function expressionOf({ text, anyCase }: Written): RegExp {
  const source = Array.from(text, (c) => PARTS.get(c) ?? c).join('')
  return new RegExp(`^${source}$`, anyCase ? 'is' : 's')
}

describe('whether patterns have a text in common', () => {
  it('is what trying every short text tells', () => {
    fc.assert(
      fc.property(demands, (wanted) => {
        const asked: TextDemand[] = wanted.map(({ any, not }) => ({ any: any.map(patternOf), not }))
        const expected = wanted.map(({ any, not }) => ({ any: any.map(expressionOf), not }))
        const found = TEXTS.find((value) =>
          expected.every(({ any, not }) => any.some((one) => one.test(value)) !== not),
        )
        expect(haveNoText(asked)).toBe(found === undefined)
      }),
      { numRuns: 400, seed: 20261122 },
    )
  })

  it('is left open when it would take too long', () => {
    const tokens = Array.from('*a*b*a*b*a*b*a*b', (c) => TOKENS.get(c) ?? c.charCodeAt(0))
    const crossed = Array.from({ length: 6 }, (_, i) => ({
      any: [{ tokens: tokens.slice(i), anyCase: false }],
      not: i % 2 === 1,
    }))
    expect(haveNoText(crossed)).toBe(false)
  })
})
