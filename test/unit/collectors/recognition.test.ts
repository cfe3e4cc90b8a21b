import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rowsOf, snapshotReader, SOURCE_KINDS } from '../../../graph/index.ts'
import expected from '../../golden/import/aws-expected.json' with { type: 'json' }
import { importing, filledStore, NOW } from './importing.ts'
import { importFiles, importPaths } from '../../../collectors/index.ts'

const FOLDER = join(import.meta.dirname, '../../golden/import/aws')

it('every AWS kind has an example', () => {
  const kinds = new Set(expected.map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(
    Object.keys(SOURCE_KINDS)
      .filter((kind) => kind.startsWith('aws.'))
      .sort(),
  )
  const files = new Set(expected.map(({ file }) => file))
  expect([...files].sort()).toEqual(readdirSync(FOLDER).sort())
})

for (const file of new Set(expected.map((each) => each.file))) {
  it(`recognises ${file} by its content`, async () => {
    const { snapshot, taken } = await importing([
      { origin: 'export', bytes: readFileSync(join(FOLDER, file)) },
    ])
    const found = snapshot.sources.map(({ kind, format, rowsAt, rows, scope, holds }) => ({
      file,
      kind,
      format,
      rowsAt,
      rows,
      ...(scope === undefined ? {} : { scope }),
      holds,
    }))
    expect(found).toEqual(expected.filter((each) => each.file === file))
    expect(taken.map(({ kind, holds }) => [kind, holds])).toEqual(
      found.map(({ kind, holds }) => [kind, holds]),
    )
  })
}

it('a source gives back as many rows as it says, each with the parameters of its call', async () => {
  const { store } = await filledStore()
  const { snapshot } = await importPaths([FOLDER], { store, now: NOW })
  for await (const each of snapshotReader(store, snapshot).each(
    ...snapshot.sources.map(({ kind }) => kind),
  )) {
    const { source } = each
    // An empty answer is one row without value, for the sake of its parameters.
    const given = [...each.rows()].filter((row) => row.value !== null || row.parameters === undefined)
    expect([source.origin, source.kind, given.length]).toEqual([source.origin, source.kind, source.rows])
    if (source.rowsAt.startsWith('/response'))
      for (const { parameters } of given) expect(parameters).toBeDefined()
  }
})

it('lines of one call keep their numbers when a file holds several calls', async () => {
  const { store } = await filledStore()
  const { snapshot, ignored } = await importPaths([join(FOLDER, 'calls.jsonl')], { store, now: NOW })
  const index = snapshot.sources.findIndex(({ kind }) => kind === 'aws.policy-targets')
  const source = snapshot.sources[index]!
  const [row] = [...rowsOf(source, index, await store.content(source.content))]
  expect(row?.at).toEqual({ source: index, pointer: '/4/response/Targets/0' })
  expect(row?.parameters).toEqual({ PolicyId: 'p-examplepolicyid111' })
  expect(ignored).toEqual([
    expect.objectContaining({
      why: 'answers of `sso-admin:ListPermissionSetProvisioningStatus`, which no format takes',
    }),
  ])
})

it('the same content and time is the same snapshot', async () => {
  const { store } = await filledStore()
  const files = readdirSync(FOLDER).map((name) => ({ origin: name, bytes: readFileSync(join(FOLDER, name)) }))
  const first = await importFiles(files, { store, now: NOW })
  const again = await importFiles(
    [...files].reverse().map((file) => ({ ...file, origin: `moved/${file.origin}` })),
    { store, now: NOW },
  )
  expect([first.isNew, again.isNew]).toEqual([true, false])
  expect(again.snapshot.id).toBe(first.snapshot.id)
})
