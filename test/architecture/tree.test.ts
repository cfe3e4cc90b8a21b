import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeUnder, filesUnder, PRODUCT_ROOMS, ROOT } from './gate.ts'

const LONGEST = 400
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const product = codeUnder(ROOT, PRODUCT_ROOMS)

/** Where a cloud may be called by its name: its own parts, the lists of parts, the wire, the demo, the screen. */
const MAY_NAME_A_CLOUD = [
  /\/(?:aws|gcp|azure)\//,
  /\/(?:aws|gcp|azure)\.ts$/,
  /\/(?:index|registry)\.ts$/,
  /^graph\/model\/cloud\.ts$/,
  /^app\/demo\//,
  /^app\/server\/api\.ts$/,
  /^ui\//,
]
const CLOUD_NAME = /(['"`])(?:aws|gcp|azure)\1/

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}

test('neutral code calls no cloud by its name', () => {
  const neutral = product.filter((path) => !MAY_NAME_A_CLOUD.some((place) => place.test(path)))
  expect(neutral.length).toBeGreaterThan(10)
  expect(neutral.filter((path) => CLOUD_NAME.test(withoutComments(read(path))))).toEqual([])
})

test('the search for cloud names finds one, but not in a comment', () => {
  expect(CLOUD_NAME.test(withoutComments(`if (cloud === 'aws') return`))).toBe(true)
  expect(CLOUD_NAME.test(withoutComments(`/** not 'aws' */ const a = 1 // nor 'gcp'\n * "azure"`))).toBe(true)
  expect(CLOUD_NAME.test(withoutComments(`/** not 'aws' */ const a = 1 // nor 'gcp'`))).toBe(false)
})

test(`no file is longer than ${LONGEST} lines`, () => {
  const written = [...PRODUCT_ROOMS, 'test', '.ci']
    .flatMap((room) => filesUnder(ROOT, room))
    .filter((path) => /\.(?:ts|tsx|mjs|cjs|js|css|html)$|^\.ci\//.test(path))
  const long = written.map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }))
  expect(long.filter(({ lines }) => lines > LONGEST)).toEqual([])
})

test('file names are words with hyphens', () => {
  const names = [...product, ...codeUnder(ROOT, ['test'])]
  expect(names.filter((path) => !/^(?:[a-z0-9-]+\/)+[a-z0-9-]+(?:\.[a-z]+)+$/.test(path))).toEqual([])
})
