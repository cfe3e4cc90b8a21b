import { describe, expect, it } from 'vitest'
import { crownJewelPattern, crownJewels } from '../../../analyzer/risk/crown-jewels.ts'
import { container, id, resource } from '../paths/estate.ts'

const jewels = (tags: [string, string][], patterns: string[] = []) =>
  crownJewels([resource('payroll-exports', null, { tags }), container('payroll-exports-2', null, { tags })], {
    patterns,
  })

describe('crown jewels', () => {
  it.each([
    ['data-classification', 'restricted', true],
    ['Data_Classification', 'Highly Confidential', true],
    ['sensitivity', 'PII', true],
    ['crown-jewel', 'true', true],
    ['CrownJewel', '', true],
    ['crown-jewel', 'false', false],
    ['data-classification', 'internal', false],
    ['team', 'restricted', false],
    ['__proto__', 'restricted', false],
  ])('tag %s=%s: %s', (key, value, expected) => {
    expect(jewels([[key, value]])).toHaveLength(expected ? 1 : 0)
  })

  it('says why', () => {
    expect(jewels([['sensitivity', 'pii']])).toEqual([
      { resource: id('payroll-exports'), because: 'tag sensitivity=pii' },
    ])
    expect(jewels([], ['PAYROLL-*'])[0]?.because).toBe('named by the operator: PAYROLL-*')
  })

  it('a pattern names the whole of a name or id, and never everything', () => {
    expect(jewels([], ['payroll'])).toEqual([])
    expect(jewels([], ['*roll*ex*'])).toHaveLength(1)
    expect(jewels([], ['pay????-exports'])).toEqual([])
    expect(() => crownJewelPattern(' * ')).toThrow('no crown jewel pattern')
    expect(crownJewelPattern(' a* ')).toBe('a*')
  })
})
