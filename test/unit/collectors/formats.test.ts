import { describe, expect, test } from 'vitest'
import { isProblem } from '../../../collectors/offline/format.ts'
import type { Json } from '../../../graph/index.ts'
import { FORMATS, readDocument, readGolden, withValue } from './fixtures.ts'

interface Refused {
  readonly file: string
  readonly at: string
  readonly put: Json
  readonly pointer: string
  readonly says: string
}

describe.each(['gcp', 'azure'])('exports of %s', (cloud) => {
  const expected = Object.entries(readGolden(`${cloud}/expected.json`) as { [file: string]: Json })
  const refused = readGolden(`${cloud}/refused.json`) as unknown as readonly Refused[]

  test.each(expected)('%s', (file, outcome) => {
    const document = readDocument(`${cloud}/${file}`)
    const formats = FORMATS.filter((format) => format.recognises(document))
    expect(formats).toHaveLength(1)
    const taken = formats[0]!.take(document, { file })
    const seen = isProblem(taken)
      ? { pointer: taken.pointer, says: taken.says }
      : {
          ...taken,
          ids: [...taken.ids].length,
          gaps: taken.gaps.map((gap) => `${gap.kind} ${gap.what} of ${gap.scope}`),
        }
    expect(seen).toEqual(outcome)
  })

  test.each(refused)('$file with $put at $at', ({ file, at, put, pointer, says }) => {
    const document = withValue(readDocument(`${cloud}/${file}`), at, put)
    const taken = FORMATS.find((format) => format.recognises(document))?.take(document, { file })
    expect(taken).toMatchObject({ pointer, says, remedy: expect.stringContaining(' ') })
  })

  test('every kind of export has a file that is taken and one that is refused', () => {
    const kinds = new Set(FORMATS.map((format) => format.kind).filter((kind) => kind.startsWith(`${cloud}.`)))
    const takenBy = (file: string) => {
      const document = readDocument(`${cloud}/${file}`)
      return FORMATS.find((format) => format.recognises(document))?.kind
    }
    expect(new Set(expected.map(([file]) => takenBy(file)))).toEqual(kinds)
    expect(new Set(refused.map(({ file }) => takenBy(file)))).toEqual(kinds)
  })
})

test('eligible and scheduled assignments are not taken for standing ones', () => {
  for (const type of ['roleEligibilityScheduleInstances', 'roleAssignmentScheduleRequests']) {
    const properties = { principalId: 'p', roleDefinitionId: 'r', scope: '/' }
    const row = { id: '/x', type: `Microsoft.Authorization/${type}`, properties }
    expect(FORMATS.some((format) => format.recognises({ format: 'json', root: { value: [row] } }))).toBe(
      false,
    )
  }
})

test('a time of reading is taken only if it is one', () => {
  const assets = [{ name: '//x/y', assetType: 'x/Y' }]
  for (const [readTime, takenAt] of [
    ['2026-11-16T06:00:00.123456Z', '2026-11-16T06:00:00Z'],
    ['2026-99-16T06:00:00Z', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ]) {
    const document = { format: 'json', root: { assets, readTime: readTime ?? null } } as const
    const taken = FORMATS.find((each) => each.recognises(document))?.take(document, { file: 'x' })
    expect(taken).toHaveProperty('kind', 'gcp.assets')
    expect(taken && 'takenAt' in taken ? taken.takenAt : undefined).toBe(takenAt)
  }
})

test('an answer printed by a tool of the retired directory interface says so', () => {
  const root = [{ objectId: 'x', objectType: 'User', userPrincipalName: 'ana@example.com' }]
  const format = FORMATS.find((each) => each.recognises({ format: 'json', root }))
  expect(format?.take({ format: 'json', root }, { file: 'users.json' })).toMatchObject({
    pointer: '/0/id',
    says: expect.stringContaining('before 2.37'),
  })
})
