import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../graph/index.ts'
import { atPointer, excerpt, isObject, locate, pointerStep } from '../../graph/index.ts'

// No key with a backslash: after an object with such a key, JSON.parse of V8 (Node 24.21) can take an escaped quote of another key
// for it, and JSON.parse is what places are compared with. `test/unit/graph/locate.test.ts` has such keys by hand.
const key = fc
  .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '~', '/', '~1', '"', '0', '__proto__', 'é', '😀'))
  .filter((name) => !name.includes('\\'))
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      fc.string({ unit: 'binary' }),
      key,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value
const indent = fc.constantFrom('', ' ', '  ', '\t')
const isEscaped = fc.boolean()

function pointersIn(value: Json, base = ''): string[] {
  if (Array.isArray(value))
    return [base, ...value.flatMap((item: Json, i) => pointersIn(item, `${base}/${i}`))]
  if (!isObject(value)) return [base]
  return [
    base,
    ...Object.entries(value).flatMap(([name, item]) => pointersIn(item ?? null, base + pointerStep(name))),
  ]
}

/** Prints JSON as other writers may: every character outside ASCII as an escape. */
function printed(value: Json, space: string, escape: boolean): string {
  const text = JSON.stringify(value, null, space)
  return escape
    ? text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text
}

/** The longest text from a place to the end of a line that is JSON. */
function jsonAt(text: string, line: number, column: number, endLine: number): Json | undefined {
  const lines = text.split('\n')
  const start = [lines[line - 1]?.slice(column - 1), ...lines.slice(line, endLine)].join('\n')
  for (let end = start.length; end > 0; end--) {
    try {
      return JSON.parse(start.slice(0, end)) as Json
    } catch {
      continue
    }
  }
  return undefined
}

test('the text at the place of a pointer is the value that JSON.parse finds there', () => {
  fc.assert(
    fc.property(json, indent, isEscaped, fc.nat(), (drawn, space, escape, choice) => {
      const text = printed(drawn, space, escape)
      const root = JSON.parse(text) as Json
      const bytes = new TextEncoder().encode(text)
      const pointers = pointersIn(root)
      const pointer = pointers[choice % pointers.length] ?? ''
      const place = locate(bytes, 'json', pointer)
      expect(place).toBeDefined()
      if (place === undefined) return
      expect(jsonAt(text, place.line, place.column, place.endLine)).toEqual(atPointer(root, pointer))
      expect(excerpt(bytes, 'json', pointer, Infinity)).toBe(
        JSON.stringify(atPointer(root, pointer), null, 2),
      )
    }),
    { numRuns: 1000 },
  )
})

test('a pointer of a line is that of its document, further down', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(json, { nil: undefined }), { minLength: 1 }),
      fc.nat(),
      (lines, choice) => {
        const texts = lines.map((line) => (line === undefined ? '' : JSON.stringify(line)))
        const bytes = new TextEncoder().encode(texts.join('\n'))
        const at = choice % lines.length
        const line = JSON.parse(texts[at] === '' ? 'null' : (texts[at] ?? '')) as Json
        for (const pointer of texts[at] === '' ? [] : pointersIn(line)) {
          const alone = locate(new TextEncoder().encode(texts[at]), 'json', pointer)
          const place = locate(bytes, 'jsonl', `/${at}${pointer}`)
          expect(place).toEqual({ ...alone, line: at + 1, endLine: at + 1 })
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('a pointer that JSON.parse does not find is not found, and nothing is thrown', () => {
  fc.assert(
    fc.property(json, fc.array(key, { maxLength: 4 }), (drawn, steps) => {
      const text = JSON.stringify(drawn)
      const pointer = steps.map(pointerStep).join('')
      const value = atPointer(JSON.parse(text) as Json, pointer)
      const place = locate(new TextEncoder().encode(text), 'json', pointer)
      if (value === undefined) expect(place).toBeUndefined()
    }),
    { numRuns: 1000 },
  )
})
