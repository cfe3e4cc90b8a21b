import { describe, expect, test } from 'vitest'
import { excerpt, locate } from '../../../graph/index.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('in JSON', () => {
  const bytes = bytesOf(
    [
      '{',
      '  "a/b": {"~": [1, "two", {"x": null}]},',
      '  "\\u0064up": 1,',
      '  "dup": [',
      '    2',
      '  ]',
      '}',
    ].join('\n'),
  )
  test.each([
    ['', { line: 1, column: 1, endLine: 7 }],
    ['/a~1b', { line: 2, column: 10, endLine: 2 }],
    ['/a~1b/~0', { line: 2, column: 16, endLine: 2 }],
    ['/a~1b/~0/1', { line: 2, column: 20, endLine: 2 }],
    ['/a~1b/~0/2/x', { line: 2, column: 33, endLine: 2 }],
    // Of two members of one name the last counts, however its name is written.
    ['/dup', { line: 4, column: 10, endLine: 6 }],
    ['/dup/0', { line: 5, column: 5, endLine: 5 }],
  ])('%s', (pointer, place) => {
    expect(locate(bytes, 'json', pointer)).toEqual(place)
  })

  test.each([
    '/c',
    '/a~1b/~0/3',
    '/a~1b/~0/-1',
    '/a~1b/~0/01',
    '/a~1b/~0/length',
    '/a~1b/~0/1/0',
    '/dup/0/x',
    'dup',
  ])('%s leads nowhere', (pointer) => {
    expect(locate(bytes, 'json', pointer)).toBeUndefined()
    expect(excerpt(bytes, 'json', pointer)).toBeUndefined()
  })

  test('names of the prototype lead nowhere unless they are members', () => {
    expect(locate(bytesOf('{"a": {}}'), 'json', '/a/constructor')).toBeUndefined()
    expect(excerpt(bytesOf('{"__proto__": {"x": 1}}'), 'json', '/__proto__/x')).toBe('1')
  })

  test('columns count UTF-16 code units, as editors do', () => {
    expect(locate(bytesOf('{"é": "😀", "x": 1}'), 'json', '/x')).toEqual({ line: 1, column: 18, endLine: 1 })
  })
})

describe('inside a string that is JSON', () => {
  const policy = { Statement: [{ Effect: 'Allow' }, { Effect: 'Deny', Action: '*' }] }
  const text = JSON.stringify(policy)
  const forms = {
    plain: text,
    'URL-encoded': encodeURIComponent(text),
    twice: JSON.stringify({ Policy: text }),
  }

  test.each(Object.entries(forms))('%s', (form, document) => {
    const bytes = bytesOf(`[\n  {},\n  ${JSON.stringify({ Document: document })}\n]`)
    const pointer = `/1/Document${form === 'twice' ? '/Policy' : ''}/Statement/1`
    expect(locate(bytes, 'json', pointer)).toEqual({ line: 3, column: 15, endLine: 3 })
    expect(excerpt(bytes, 'json', pointer)).toBe('{\n  "Effect": "Deny",\n  "Action": "*"\n}')
    expect(locate(bytes, 'json', `${pointer}/Resource`)).toBeUndefined()
  })

  test.each(['plain', 'URL-encoded'] as const)('%s: the string itself is shown opened', (form) => {
    const bytes = bytesOf(JSON.stringify({ Document: forms[form], other: '"text"' }))
    expect(excerpt(bytes, 'json', '/Document')).toBe(JSON.stringify(policy, null, 2))
    expect(excerpt(bytes, 'json', '/other')).toBe(JSON.stringify('"text"'))
  })

  test('a string that is neither leads nowhere', () => {
    const bytes = bytesOf('{"a": "100%"}')
    expect(locate(bytes, 'json', '/a/0')).toBeUndefined()
    expect(excerpt(bytes, 'json', '/a')).toBe('"100%"')
  })
})

describe('in JSON Lines', () => {
  const bytes = bytesOf('{"n": 1}\n\n  {"n": {"m": [true]}}\r\n{"n": 3}')
  test.each([
    ['/0/n', { line: 1, column: 7, endLine: 1 }, '1'],
    ['/2', { line: 3, column: 3, endLine: 3 }, '{\n  "n": {\n    "m": [\n      true\n    ]\n  }\n}'],
    ['/2/n/m/0', { line: 3, column: 16, endLine: 3 }, 'true'],
    ['/3', { line: 4, column: 1, endLine: 4 }, '{\n  "n": 3\n}'],
  ])('%s', (pointer, place, shown) => {
    expect(locate(bytes, 'jsonl', pointer)).toEqual(place)
    expect(excerpt(bytes, 'jsonl', pointer)).toBe(shown)
  })

  test('a blank or missing line leads nowhere', () => {
    expect(locate(bytes, 'jsonl', '/1')).toBeUndefined()
    expect(locate(bytes, 'jsonl', '/4')).toBeUndefined()
  })
})

describe('in CSV', () => {
  const bytes = bytesOf('user,arn,note\r\nana,arn:1,"two\nlines, ""quoted"""\r\n\r\nbo,arn:2,\r\n')
  test.each([
    ['/0', { line: 2, column: 1, endLine: 3 }],
    ['/0/arn', { line: 2, column: 5, endLine: 2 }],
    ['/0/note', { line: 2, column: 11, endLine: 3 }],
    ['/1', { line: 5, column: 1, endLine: 5 }],
    ['/1/arn', { line: 5, column: 4, endLine: 5 }],
    ['/1/note', { line: 5, column: 10, endLine: 5 }],
  ])('%s', (pointer, place) => {
    expect(locate(bytes, 'csv', pointer)).toEqual(place)
  })

  test('records and fields as JSON', () => {
    expect(JSON.parse(excerpt(bytes, 'csv', '/0') ?? '')).toEqual({
      user: 'ana',
      arn: 'arn:1',
      note: 'two\nlines, "quoted"',
    })
    expect(excerpt(bytes, 'csv', '/1/user')).toBe('"bo"')
  })

  test('a record or column that is not there leads nowhere', () => {
    expect(locate(bytes, 'csv', '/2')).toBeUndefined()
    expect(locate(bytes, 'csv', '/0/mfa')).toBeUndefined()
  })
})

test('a long excerpt ends with the number of lines left out', () => {
  const bytes = bytesOf(JSON.stringify(Array.from({ length: 100 }, (_, i) => i)))
  const lines = (excerpt(bytes, 'json', '', 10) ?? '').split('\n')
  expect(lines).toHaveLength(10)
  expect(lines.at(-1)).toBe('… 93 more lines')
})
