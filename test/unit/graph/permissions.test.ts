import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWild, literalPrefix, matches, PermissionSet, PermissionUniverse } from '../../../graph/index.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 9 })
const plain = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 9 })

const regex = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`)

describe('wildcard patterns', () => {
  it('match as the regular expression does', () => {
    fc.assert(
      fc.property(word, plain, (p, t) => matches(p, t) === regex(p).test(t)),
      { numRuns: 3000 },
    )
  })

  it('stay linear on hostile patterns', () => {
    expect(matches(`${'*a'.repeat(3000)}b`, 'a'.repeat(20_000))).toBe(false)
  })

  it('without single, a question mark is itself', () => {
    expect(matches('a?c', 'abc')).toBe(true)
    expect(matches('a?c', 'abc', false)).toBe(false)
    expect(matches('a?c', 'a?c', false)).toBe(true)
    expect([
      isWild('a?'),
      isWild('a?', false),
      literalPrefix('ab?c*'),
      literalPrefix('ab?c*', false),
    ]).toEqual([true, false, 'ab', 'ab?c'])
  })
})

describe('permission sets', () => {
  const size = 70
  const members = fc.uniqueArray(fc.nat(size - 1))
  it('do what sets do', () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        const [A, B] = [PermissionSet.of(size, a), PermissionSet.of(size, b)]
        const [sa, sb] = [new Set(a), new Set(b)]
        const sorted = (s: Iterable<number>) => [...s].sort((x, y) => x - y)
        expect([...A.union(B).indexes()]).toEqual(sorted(sa.union(sb)))
        expect([...A.intersect(B).indexes()]).toEqual(sorted(sa.intersection(sb)))
        expect([...A.minus(B).indexes()]).toEqual(sorted(sa.difference(sb)))
        expect(A.complement().count).toBe(size - sa.size)
        expect(A.isSubsetOf(B)).toBe(sa.isSubsetOf(sb))
        expect(A.intersects(B)).toBe(!sa.isDisjointFrom(sb))
        expect(A.equals(PermissionSet.of(size, sorted(sa)))).toBe(true)
        expect([A.isEmpty, A.count]).toEqual([sa.size === 0, sa.size])
        for (const i of a) expect(A.has(i)).toBe(true)
      }),
    )
  })

  it('of different universes do not mix', () => {
    expect(() => PermissionSet.none(3).union(PermissionSet.none(4))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    )
  })
})

describe('a permission universe', () => {
  it('expands a pattern to what a scan of all names finds, folding case', () => {
    const names = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'B', 'b', ':', 'C'), minLength: 1, maxLength: 6 }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(names, word, (all, pattern) => {
        const universe = new PermissionUniverse(all)
        const expected = universe.names.filter((name) =>
          regex(pattern.toLowerCase()).test(name.toLowerCase()),
        )
        expect([...universe.namesOf(universe.expand(pattern))]).toEqual(expected)
        for (const name of all)
          expect(universe.names[universe.indexOf(name) ?? -1]?.toLowerCase()).toBe(name.toLowerCase())
      }),
      { numRuns: 2000 },
    )
  })
})
