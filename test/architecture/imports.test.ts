import { expect, test } from 'vitest'
import { codeUnder, PRODUCT_ROOMS, ROOT, runGate } from './gate.ts'

test('imports follow the house rules, and the gate has read every file', () => {
  const { modules, offences } = runGate(ROOT)
  const files = codeUnder(ROOT, [...PRODUCT_ROOMS, 'test'])
  // A gate that cannot load the compiler reads nothing and finds nothing: that must not count as clean.
  expect(files.filter((file) => !modules.has(file))).toEqual([])
  expect(files.length).toBeGreaterThan(20)
  expect(offences).toEqual([])
  process.stdout.write(
    `architecture gate: read ${modules.size} modules, ${files.length} of them files of ours\n`,
  )
})
