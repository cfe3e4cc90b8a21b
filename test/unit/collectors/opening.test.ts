import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Instant } from '../../../graph/index.ts'
import { file, importing, NOW, refusal, temporaryFolder } from './importing.ts'
import { zipArchive } from './zip-archive.ts'

const roots = (id: string) => JSON.stringify({ Roots: [{ Id: `r-${id}`, PolicyTypes: [] }] }, null, 2)

it('opens archives in archives by their content, whatever their names', async () => {
  const inner = zipArchive({ 'x/roots.txt': roots('1'), '__MACOSX/x/._roots.txt': 'x', 'x/.DS_Store': 'y' })
  const { taken, ignored } = await importing([
    file('backup.bin', gzipSync(inner)),
    file('b', gzipSync(roots('2'))),
  ])
  expect(taken.map(({ origin }) => origin)).toEqual(['backup.bin!x/roots.txt', 'b'])
  expect(ignored).toEqual([])
})

it('reads folders in the order of names, without hidden files, and each folder once', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'b/c'), { recursive: true })
  writeFileSync(join(folder, 'b/c/roots.json'), roots('2'))
  writeFileSync(join(folder, 'a.json'), roots('1'))
  writeFileSync(join(folder, '.hidden.json'), 'not JSON')
  symlinkSync(folder, join(folder, 'b/loop'))
  const { taken, ignored } = await importing([folder])
  expect(taken.map(({ origin }) => origin)).toEqual([join(folder, 'a.json'), join(folder, 'b/c/roots.json')])
  expect(ignored).toEqual([{ origin: join(folder, 'b/loop'), why: 'a folder that was read already' }])
})

it('says why it leaves a file', async () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])
  const { ignored } = await importing([
    file('roots.json', roots('1')),
    file('copy.json', roots('1')),
    file('README.md', '[Read](me), then, read on'),
    file('logo.png', png),
    file('empty.json', ''),
    file('list.json', []),
    file('prices.csv', 'item,price\npear,3\n'),
    file('lock.json', { name: 'x', lockfileVersion: 3 }),
  ])
  expect(ignored).toEqual([
    { origin: 'copy.json', why: 'same content as roots.json' },
    { origin: 'README.md', why: 'text, neither JSON nor CSV of a format that is known' },
    { origin: 'logo.png', why: 'neither text nor archive' },
    { origin: 'empty.json', why: 'an empty file: the command that should fill it failed' },
    { origin: 'list.json', why: 'an empty list, which does not say what it lists' },
    { origin: 'prices.csv', why: 'CSV of no format that is known' },
    { origin: 'lock.json', why: 'JSON of no format that is known (name, lockfileVersion)' },
  ])
})

it('reads what Windows PowerShell writes', async () => {
  const big = Buffer.from(`\ufeff${roots('é')}`, 'utf16le').swap16()
  const inputs = [
    Buffer.from(`\ufeff${roots('é')}`, 'utf16le'),
    big,
    Buffer.from(roots('é'), 'utf16le'),
    Buffer.from(`\ufeff${roots('é')}`),
  ]
  const ids = await Promise.all(
    inputs.map(async (bytes) => (await importing([file('roots.json', bytes)])).snapshot.sources[0]?.content),
  )
  expect(new Set(ids).size).toBe(1)
})

it('two equal records of one id are one, wherever they are', async () => {
  const bucket = { arn: 'arn:aws:s3:::a', type: 's3:bucket', policy: { Statement: [] } }
  const other = { ...bucket, arn: 'arn:aws:s3:::b' }
  const { taken } = await importing([
    file('a.zip', zipArchive({ 'a.json': JSON.stringify([bucket, other]) })),
    file('b.jsonl', `${JSON.stringify({ ...bucket, type: 's3:bucket' })}\n${JSON.stringify(other)}`),
  ])
  expect(taken).toHaveLength(2)
  const error = await refusal([
    file('a.zip', zipArchive({ 'a.json': JSON.stringify([bucket, other]) })),
    file('b.json', [{ ...other, type: 's3' }]),
  ])
  expect(error.message).toContain('first in `a.zip!a.json` at `/1`')
})

it('takes the time from the option, else from the newest file, else from the caller', async () => {
  const path = join(temporaryFolder(), 'roots.json')
  writeFileSync(path, roots('1'))
  utimesSync(path, 1_790_000_000, 1_790_000_000)
  const takenAt = '2026-11-01T00:00:00Z' as Instant
  expect((await importing([path], { takenAt })).snapshot.takenAt).toBe(takenAt)
  expect((await importing([path])).snapshot.takenAt).toBe('2026-09-21T14:13:20Z')
  expect((await importing([file('roots.json', roots('1'))])).snapshot.takenAt).toBe(NOW)
  const zipped = await importing([file('a.zip', zipArchive({ 'roots.json': roots('1') }))])
  expect(zipped.snapshot.takenAt).toBe('2026-11-16T06:00:00Z')
})

it('tells its progress', async () => {
  const told: unknown[] = []
  const progress = (each: unknown) => told.push(each)
  await importing([file('a.json', roots('1')), file('b.json', roots('2'))], { progress })
  const bytes = roots('1').length
  expect(told).toEqual([
    { origin: 'a.json', files: 1, bytes },
    { origin: 'b.json', files: 2, bytes: 2 * bytes },
  ])
})
