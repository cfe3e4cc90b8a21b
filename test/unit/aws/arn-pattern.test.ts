import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  covers,
  literal,
  overlap,
  tokensMatch,
  tokensOf,
} from '../../../analyzer/aws/evaluate/arn-pattern.ts'

describe('resource patterns', () => {
  it.each([
    ['arn:aws:s3:::data/*', 'arn:aws:s3:::data/a:b/c', true],
    ['arn:aws:s3:::d*a/x', 'arn:aws:s3:::d:a/x', true],
    // A wildcard inside one of the first five parts stays in it; one that ends its part may go on.
    ['arn:aws:sqs:us-*-1:1:q', 'arn:aws:sqs:us-east-1:1:q', true],
    ['arn:aws:sqs:us-*-1:1:q', 'arn:aws:sqs:us-a:b-1:1:q', false],
    ['arn:aws:sqs:us-*:q', 'arn:aws:sqs:us-east-1:1:q', true],
    ['arn:aws:sqs:?:1:q', 'arn:aws:sqs:::1:q', false],
    ['arn:*', 'arn:aws:iam::1:role/x', true],
    ['arn:aws:iam::1:role/?', 'arn:aws:iam::1:role/ab', false],
  ])('%s matches %s: %s', (pattern, text, expected) => {
    expect(tokensMatch(tokensOf(pattern), text)).toBe(expected)
  })

  const text = fc.stringMatching(/^[ab:]{0,6}$/)
  const pattern = fc.stringMatching(/^[ab:*?]{0,6}$/)

  it('cover or miss each other as the texts that they match do', () => {
    fc.assert(
      fc.property(pattern, pattern, fc.array(text, { minLength: 30, maxLength: 60 }), (a, b, texts) => {
        const [x, y] = [tokensOf(a), tokensOf(b)]
        for (const one of texts) {
          const [inA, inB] = [tokensMatch(x, one), tokensMatch(y, one)]
          if (inB && covers(x, y)) expect(inA, `${a} covers ${b}: ${one}`).toBe(true)
          if (inA && inB) expect(overlap(x, y), `${a} meets ${b} in ${one}`).toBe(true)
          if (inA) expect(overlap(x, literal(one))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
