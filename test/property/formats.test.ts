import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Document } from '../../collectors/offline/format.ts'
import { isProblem } from '../../collectors/offline/format.ts'
import type { Json } from '../../graph/index.ts'
import { atPointer, isObject, pointerStep } from '../../graph/index.ts'
import { FORMATS, readDocument, withValue } from '../unit/collectors/fixtures.ts'

const files = ['gcp', 'azure'].flatMap((cloud) =>
  readdirSync(new URL(`../golden/import/${cloud}/`, import.meta.url))
    .filter((file) => file !== 'expected.json' && file !== 'refused.json')
    .map((file) => `${cloud}/${file}`),
)
/** Keys and values that the recognisers look for, so that random documents come near to real ones. */
const known = [
  'value',
  'data',
  'call',
  'response',
  'parameters',
  'error',
  'name',
  'id',
  'type',
  'kind',
  'policy',
  'properties',
]
const near = fc.constantFrom(
  ...known,
  '__proto__',
  'constructor',
  'roles/x',
  'az ad user list',
  'AZUser',
  '/subscriptions/1/x',
)
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.string(), near, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(near, fc.string()), tie('value'), { maxKeys: 5 }),
  ),
})).value

/** Every format gives an answer, and a refusal names a place that exists, or a member that is missing from one. */
function judge(document: Document): void {
  for (const format of FORMATS) {
    if (!format.recognises(document)) continue
    const taken = format.take(document, { file: 'any' })
    if (!isProblem(taken)) {
      expect([...taken.ids].every(({ pointer }) => at(document, pointer) !== undefined)).toBe(true)
      continue
    }
    const parent = taken.pointer.slice(0, taken.pointer.lastIndexOf('/'))
    expect(at(document, taken.pointer) ?? at(document, parent) ?? at(document, upTo(parent))).toBeDefined()
  }
}

function upTo(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'))
}

function at(document: Document, pointer: string): Json | undefined {
  if (document.format === 'json') return atPointer(document.root, pointer)
  if (document.format === 'csv') return undefined
  const [, line = '', rest = ''] = /^\/(\d+)(.*)$/.exec(pointer) ?? []
  const root = document.lines[Number(line)]
  return root === undefined ? undefined : atPointer(root, rest)
}

function pointersIn(value: Json, base = ''): string[] {
  if (Array.isArray(value)) {
    return [base, ...value.flatMap((member: Json, i) => pointersIn(member, `${base}/${i}`))]
  }
  if (!isObject(value)) return [base]
  return [
    base,
    ...Object.entries(value).flatMap(([key, member]) => pointersIn(member ?? null, base + pointerStep(key))),
  ]
}

describe('no document breaks a format', () => {
  test('of random JSON', () => {
    fc.assert(
      fc.property(json, (root) => judge({ format: 'json', root })),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.array(fc.option(json, { nil: undefined })), (lines) =>
        judge({ format: 'jsonl', lines }),
      ),
      { numRuns: 500 },
    )
  })

  test.each(files)('%s with any one value replaced', (file) => {
    const document = readDocument(file)
    const pointers =
      document.format === 'jsonl'
        ? document.lines.flatMap((line, i) => (line === undefined ? [] : pointersIn(line, `/${i}`)))
        : pointersIn(document.format === 'json' ? document.root : null).filter((pointer) => pointer !== '')
    fc.assert(
      fc.property(fc.constantFrom(...pointers), json, (pointer, value) =>
        judge(withValue(document, pointer, value)),
      ),
      { numRuns: 60 },
    )
  })
})
