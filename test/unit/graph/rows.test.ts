import { expect, it } from 'vitest'
import type { Json, Source } from '../../../graph/index.ts'
import { contentHash, rowsOf } from '../../../graph/index.ts'

function rows(lines: readonly Json[], rowsAt: string): unknown[] {
  const bytes = new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n'))
  const source: Source = {
    kind: 'gcp.group-memberships',
    format: 'jsonl',
    origin: 'members.jsonl',
    content: contentHash(bytes),
    bytes: bytes.length,
    rowsAt,
    rows: 0,
    holds: '',
  }
  return [...rowsOf(source, 3, bytes)].map(({ value, at, parameters }) => [
    value,
    at.pointer,
    parameters?.['group'],
  ])
}

it('gives an empty answer one row without value, so that its question is known', () => {
  const wrapped = (response: Json): Json => ({ call: 'c', parameters: { group: 'g' }, response })
  expect(
    rows([wrapped({ memberships: [{ id: 1 }] }), wrapped({ memberships: [] })], '/response/memberships'),
  ).toEqual([
    [{ id: 1 }, '/0/response/memberships/0', 'g'],
    [null, '/1/response/memberships', 'g'],
  ])
  expect(rows([wrapped({})], '/response/memberships')).toEqual([[null, '/0/response/memberships', 'g']])
})

it('keeps a row that is null, as the error of a call is kept', () => {
  expect(rows([null], '')).toEqual([[null, '/0', undefined]])
})

it('gives no row for what is no answer of the listing', () => {
  expect(
    rows([{ call: 'c', parameters: { group: 'g' }, response: { error: 1 } }], '/response/memberships'),
  ).toEqual([])
  expect(rows([{ call: 'c', parameters: { group: 'g' } }], '/response/memberships')).toEqual([])
  expect(rows([{ memberships: [] }], '/memberships')).toEqual([])
})
