import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importPaths } from '../../../collectors/index.ts'
import { openEmbeddedStore } from '../../../graph/index.ts'
import { SIZES, writeEstate } from '../../bench/estate.ts'
import { growth, tableHead, tableLine } from '../../bench/table.ts'
import { NOW, temporaryFolder } from '../collectors/importing.ts'

function written(seed?: number): { folder: string; bytes: number; digest: string } {
  const folder = temporaryFolder()
  const bytes = writeEstate('M/4', folder, seed)
  const hash = createHash('sha256')
  for (const path of globSync('**/*.json', { cwd: folder }).sort()) {
    hash.update(path).update(readFileSync(join(folder, path)))
  }
  return { folder, bytes, digest: hash.digest('hex') }
}

describe('the estates of the bench', () => {
  it('are the same bytes every time, others with another seed, and as many as it says', () => {
    const first = written()
    expect(written().digest).toBe(first.digest)
    expect(written(7).digest).not.toBe(first.digest)
    const sizes = globSync('**/*.json', { cwd: first.folder }).map(
      (path) => statSync(join(first.folder, path)).size,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(first.bytes)
  })

  it('are imported whole: nothing ignored, refused or cut off', async () => {
    const { folder } = written()
    const store = openEmbeddedStore(temporaryFolder())
    const { taken, ignored, gaps } = await importPaths([folder], { store, now: NOW })
    await store.close()
    expect(ignored).toEqual([])
    expect(gaps.filter(({ kind }) => kind !== 'not-collected')).toEqual([])
    const { accounts, users, roles } = SIZES['M/4']
    const details = taken.filter(({ kind }) => kind === 'aws.account-authorization-details')
    expect(details).toHaveLength(accounts)
    const total = (noun: RegExp) =>
      details.reduce((sum, { holds }) => sum + Number(noun.exec(holds)?.[1] ?? 0), 0)
    expect([total(/(\d+) users?/), total(/(\d+) roles?/)]).toEqual([users, roles])
  })

  it('grow by doubling or more from size to size', () => {
    const sizes = Object.values(SIZES)
    for (const [i, size] of sizes.entries()) {
      const smaller = sizes[i - 1]
      if (smaller !== undefined) expect(size.roles / smaller.roles).toBeGreaterThanOrEqual(2)
    }
  })
})

describe('the table of the bench', () => {
  const row = {
    size: 'M',
    mb: 10,
    import: 1,
    analyze: 2,
    total: 3,
    cpu: 4,
    peakMb: 100,
    whoCan: 0.5,
    fromFiles: 0.4,
    whatFromFiles: 0.4,
    can: 0.25,
  }

  it('has its cells under their heads, with growth and ratio where there is something to compare', () => {
    const head = tableHead.split(/ {2,}/)
    const cells = tableLine(row, { ...row, mb: 5, cpu: 1 }, { ...row, cpu: 8 }).split(/ {2,}/)
    expect(cells).toHaveLength(head.length)
    expect(tableLine(row, undefined, undefined)).toHaveLength(tableHead.length)
    expect(cells.slice(-2)).toEqual(['2.00', '0.50x'])
    expect(tableLine(row, undefined, undefined)).toMatch(/ -\s+-$/)
    expect(growth(row, row)).toBe(1)
  })
})
