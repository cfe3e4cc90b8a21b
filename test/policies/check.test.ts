import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkPolicies, OFFENCE_RULES, openPolicies } from '../../policies/index.ts'

interface Row {
  readonly says: string
  readonly policy: string
  readonly rules: readonly string[]
}
const FILE = join(import.meta.dirname, '../golden/policies/check.json')
const rows: readonly Row[] = JSON.parse(readFileSync(FILE, 'utf8'))

test.each(rows)('$says', ({ policy, rules }) => {
  const { offences } = checkPolicies([{ path: 'a.cedar', text: `// é\n${policy}\n` }])
  expect(offences.map(({ rule }) => rule)).toEqual(rules)
  expect(offences.filter(({ place }) => place.file !== 'a.cedar' || !place.line || place.line < 2)).toEqual(
    [],
  )
})

test('every rule has a case that it finds and every case but one rule', () => {
  const found = new Set(rows.flatMap((row) => row.rules))
  expect([...found].sort()).toEqual([...OFFENCE_RULES].sort())
})

test('a place is the line of the policy, also behind letters of several bytes and in long files', () => {
  const many = Array.from(
    { length: 12 },
    (_, i) => `@id("p-${i}")\npermit(principal, action == Gomeisa::Action::"activate", resource);`,
  )
  const broken =
    '@id("ünsafe") forbid(principal, action == Gomeisa::Action::"activate", resource) when { é };'
  const { policies } = checkPolicies([{ path: 'a.cedar', text: many.join('\n') }])
  expect(policies.map(({ id, place }) => [id, place.line])).toEqual(many.map((_, i) => [`p-${i}`, 2 * i + 1]))
  const { offences } = checkPolicies([{ path: 'b.cedar', text: `// ${'é'.repeat(30)}\n\n${broken}` }])
  expect(offences).toMatchObject([{ rule: 'syntax', place: { line: 3, column: broken.indexOf('é };') + 1 } }])
})

test('a set with an offence decides nothing', () => {
  const files = [{ path: 'a.cedar', text: rows[0]!.policy }]
  expect(() => openPolicies(files)).toThrow(
    expect.objectContaining({ code: 'POLICY_INVALID', place: { file: 'a.cedar', line: 1, column: 1 } }),
  )
})
