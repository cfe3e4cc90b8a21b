import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddedStore, STORE_FILE } from '../../../graph/index.ts'
import { graphStoreContract } from '../../contract/graph-store.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gomeisa-store-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

describe('the embedded store', () => {
  describe('keeps the contract of every store', () => {
    graphStoreContract(
      () => openEmbeddedStore(directory),
      () => openEmbeddedStore(directory),
    )
  })

  it('is readable by its owner only', async () => {
    const store = openEmbeddedStore(join(directory, 'new'))
    expect(statSync(join(directory, 'new')).mode & 0o777).toBe(0o700)
    expect(statSync(join(directory, 'new', STORE_FILE)).mode & 0o777).toBe(0o600)
    await store.close()
  })

  it('opens with the last complete snapshot after a kill in the middle of a write', async () => {
    // The child keeps writing snapshots of many contents; it says on stdout which are complete.
    const script = `
      import { openEmbeddedStore } from '${join(import.meta.dirname, '../../../graph/index.ts')}'
      const store = openEmbeddedStore(process.argv[1])
      for (let n = 0; ; n++) {
        await store.write(async (writer) => {
          const sources = []
          for (let i = 0; i < 40; i++) {
            const content = writer.put(Buffer.from(JSON.stringify({ n, i, pad: 'x'.repeat(20000) })))
            sources.push({ kind: 'aws.accounts', format: 'json', origin: 'f' + i, content, bytes: 1, rowsAt: '', rows: 1, holds: '' })
            await new Promise((done) => setImmediate(done))
          }
          return { takenAt: '2026-11-16T00:00:' + String(n % 60).padStart(2, '0') + 'Z', importedAt: '2026-11-16T00:00:00Z', sources, gaps: [] }
        })
        console.log(n)
      }`
    for (const wait of [1, 7, 19]) {
      let acknowledged = -1
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory])
      await new Promise<void>((done) => {
        let seen = 0
        child.stdout.on('data', (chunk: Buffer) => {
          acknowledged = Number(chunk.toString().trim().split('\n').at(-1))
          if (++seen === 2) setTimeout(() => child.kill('SIGKILL'), wait)
        })
        child.on('close', () => {
          done()
        })
      })
      const store = openEmbeddedStore(directory)
      const snapshots = await store.snapshots()
      expect(snapshots.length).toBeGreaterThan(acknowledged)
      for (const source of snapshots.flatMap((s) => s.sources)) await store.content(source.content)
      await store.close()
    }
  })

  it('names a damaged, a foreign and a newer file, and says what to do', async () => {
    const file = join(directory, STORE_FILE)
    writeFileSync(file, 'this is no database, but long enough to be read as one'.repeat(40))
    expect(() => openEmbeddedStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_UNUSABLE' }))
    truncateSync(file)
    const store = openEmbeddedStore(directory)
    await store.close()
    const db = new DatabaseSync(file)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(() => openEmbeddedStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_VERSION' }))
  })

  it('does not make a store where one is only looked for', () => {
    expect(() => openEmbeddedStore(directory, { create: false })).toThrow(
      expect.objectContaining({ code: 'NO_SNAPSHOT' }),
    )
  })

  it('refuses bytes that do not match their hash', async () => {
    const store = openEmbeddedStore(directory)
    const { snapshot } = await store.write((writer) =>
      Promise.resolve({
        takenAt: '2026-11-16T00:00:00Z' as never,
        importedAt: '2026-11-16T00:00:00Z' as never,
        sources: [
          {
            kind: 'aws.accounts',
            format: 'json',
            origin: 'a',
            content: writer.put(Buffer.from('{}')),
            bytes: 2,
            rowsAt: '',
            rows: 1,
            holds: '',
          },
        ],
        gaps: [],
      }),
    )
    const other = openEmbeddedStore(directory)
    const db = new DatabaseSync(join(directory, STORE_FILE))
    const hash = await store.write((writer) =>
      Promise.resolve({
        takenAt: '2026-11-17T00:00:00Z' as never,
        importedAt: '2026-11-17T00:00:00Z' as never,
        sources: [
          {
            kind: 'aws.accounts',
            format: 'json',
            origin: 'b',
            content: writer.put(Buffer.from('[]')),
            bytes: 2,
            rowsAt: '',
            rows: 0,
            holds: '',
          },
        ],
        gaps: [],
      }),
    )
    const [first, second] = [snapshot.sources[0], hash.snapshot.sources[0]]
    if (!first || !second) throw new TypeError('sources were lost')
    db.prepare('UPDATE content SET zstd = (SELECT zstd FROM content WHERE hash = ?) WHERE hash = ?').run(
      second.content,
      first.content,
    )
    db.close()
    await expect(other.content(first.content)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' })
    await other.close()
    await store.close()
  })
})
