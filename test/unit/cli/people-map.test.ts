import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readPeopleMap } from '../../../app/estate/people-map.ts'
import { GomeisaError, isGivenWrong } from '../../../graph/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'gomeisa-people-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function read(text: string | Uint8Array) {
  const file = join(folder, 'people.json')
  writeFileSync(file, text)
  return readPeopleMap(file)
}

test('a map gives people with their accounts and the place that tells it', () => {
  const [ana] = read('{"people": [{"name": "Ana", "identities": ["user:a@x.example", "azure:1"]}]}')
  expect(ana?.identities).toEqual(['user:a@x.example', 'azure:1'])
  expect(ana?.place.endsWith('people.json /people/0')).toBe(true)
})

test.each([
  ['INPUT_SYNTAX', undefined, '{"people": ['],
  ['INPUT_ENCODING', undefined, new Uint8Array([0x22, 0xff, 0x22])],
  ['INPUT_SHAPE', '', '[]'],
  ['INPUT_SHAPE', '', '{"people": [], "extra": 1}'],
  ['INPUT_SHAPE', '/people/0', '{"people": [\n{"identities": ["a", "b"]}]}'],
  ['INPUT_SHAPE', '/people/0', '{"people": [{"name": "Ana", "identities": ["a"]}]}'],
  ['INPUT_SHAPE', '/people/0/identities/1', '{"people": [{"name": "Ana", "identities": ["a", 2]}]}'],
  ['INPUT_SHAPE', '/people/0', '{"people": [{"name": "Ana", "identities": ["a", "b"], "mail": 1}]}'],
  [
    'INPUT_DUPLICATE',
    '/people/1/identities/0',
    '{"people": [{"name": "Ana", "identities": ["a", "b"]},\n{"name": "Bo", "identities": ["a", "c"]}]}',
  ],
])('%s at %s', (code, pointer, text) => {
  const error = failure(() => read(text))
  expect(error.code).toBe(code)
  expect(isGivenWrong(error)).toBe(true)
  expect(error.place?.file.endsWith('people.json')).toBe(true)
  expect(error.place?.pointer).toBe(pointer)
  expect(error.remedy).toBeTruthy()
})

test('the line is told', () => {
  const error = failure(() =>
    read('{"people": [\n{"name": "A", "identities": ["a", "b"]},\n{"name": "B", "identities": ["a", "c"]}]}'),
  )
  expect(error.place?.line).toBe(3)
})

function failure(act: () => unknown): GomeisaError {
  try {
    act()
  } catch (error) {
    if (error instanceof GomeisaError) return error
  }
  throw new GomeisaError('INTERNAL', 'nothing was refused')
}
