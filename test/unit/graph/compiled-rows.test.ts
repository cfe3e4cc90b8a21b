import { expect, test } from 'vitest'
import { rowsFromBytes, rowsToBytes } from '../../../graph/compiled/rows.ts'

test.each([0, 1, 9_999, 10_000, 10_001, 25_000])(
  '%i rows come back in their order, maps and all',
  (count) => {
    const shared = { says: 'said once' }
    const rows = Array.from({ length: count }, (_, i) => ({ i, shared, by: new Map([[i, [shared]]]) }))
    const back = rowsFromBytes(rowsToBytes(rows))
    expect(back).toEqual(rows)
  },
)

test('what near rows share is kept once', () => {
  const long = { says: 'x'.repeat(10_000) }
  const bytes = rowsToBytes(Array.from({ length: 100 }, () => ({ long })))
  expect(bytes.byteLength).toBeLessThan(20_000)
})
