import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantOf } from '../../analyzer/instant.ts'

const two = (n: number): string => String(n).padStart(2, '0')
/** Dates and times of which each part may be out of its range. */
const written = fc
  .tuple(
    fc.integer({ min: 0, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 61 }),
    fc.constantFrom('Z', '+00:00', '+01:30', '', '.25Z'),
    fc.constantFrom('T', ' '),
  )
  .map(
    ([year, month, day, hour, minute, second, zone, between]) =>
      `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${between}${two(hour)}:${two(minute)}:${two(second)}${zone}`,
  )

it('an instant is what the calendar says it is', () => {
  fc.assert(
    fc.property(written, (text) => {
      const ms = Date.parse(text)
      const wanted = Number.isNaN(ms) ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`
      expect(instantOf(text)).toBe(wanted)
    }),
    { numRuns: 2_000 },
  )
})
