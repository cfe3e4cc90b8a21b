import { afterEach, beforeEach, expect, it } from 'vitest'
import type { GraphStore, Instant, SnapshotDraft } from '../../graph/index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function draft(content: SnapshotDraft['sources'][number]['content'], takenAt: string): SnapshotDraft {
  return {
    takenAt: takenAt as Instant,
    importedAt: '2026-11-20T00:00:00Z' as Instant,
    sources: [
      {
        kind: 'aws.accounts',
        format: 'json',
        origin: 'accounts.json',
        content,
        bytes: 2,
        rowsAt: '/Accounts',
        rows: 0,
        holds: '0 accounts',
      },
    ],
    gaps: [],
  }
}

/** What every store must do; `reopen` closes nothing: it opens the same data again. */
export function graphStoreContract(open: () => GraphStore, reopen: () => GraphStore): void {
  let store: GraphStore
  beforeEach(() => {
    store = open()
  })
  afterEach(() => store.close())

  const add = (text: string, takenAt: string) =>
    store.write((writer) => Promise.resolve(draft(writer.put(bytes(text)), takenAt)))

  it('keeps snapshots and their bytes, oldest first', async () => {
    const later = await add('{"Accounts":[1]}', '2026-11-16T00:00:00Z')
    const earlier = await add('{"Accounts":[]}', '2026-11-09T00:00:00Z')
    expect([earlier.isNew, later.isNew]).toEqual([true, true])
    expect((await store.snapshots()).map((s) => s.id)).toEqual([earlier.snapshot.id, later.snapshot.id])
    const source = later.snapshot.sources[0]
    expect(source).toBeDefined()
    if (source) expect(new TextDecoder().decode(await store.content(source.content))).toBe('{"Accounts":[1]}')
  })

  it('is open to a second reader, which sees what is complete', async () => {
    const { snapshot } = await add('{}', '2026-11-16T00:00:00Z')
    const other = reopen()
    expect((await other.snapshots()).map((s) => s.id)).toEqual([snapshot.id])
    await other.close()
  })

  it('keeps one snapshot of equal content, whatever its files were called', async () => {
    const first = await add('{}', '2026-11-16T00:00:00Z')
    const again = await store.write((writer) => {
      const same = draft(writer.put(bytes('{}')), '2026-11-16T00:00:00Z')
      return Promise.resolve({
        ...same,
        sources: same.sources.map((s) => ({ ...s, origin: 'elsewhere.json' })),
      })
    })
    expect(again.isNew).toBe(false)
    expect(again.snapshot.id).toBe(first.snapshot.id)
    expect(await store.snapshots()).toHaveLength(1)
  })

  it('is as it was when a write fails', async () => {
    await add('{"kept":true}', '2026-11-09T00:00:00Z')
    let lost: ReturnType<Parameters<Parameters<GraphStore['write']>[0]>[0]['put']> | undefined
    const failing = store.write((writer) => {
      lost = writer.put(bytes('{"lost":true}'))
      return Promise.reject(new TypeError('a bad file'))
    })
    await expect(failing).rejects.toThrow('a bad file')
    expect(await store.snapshots()).toHaveLength(1)
    if (lost) await expect(store.content(lost)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' })
    expect((await add('{"after":true}', '2026-11-16T00:00:00Z')).isNew).toBe(true)
  })

  it('lets writers of one process wait for each other', async () => {
    const results = await Promise.all(
      ['01', '02', '03'].map((day) => add(`{"day":${Number(day)}}`, `2026-11-${day}T00:00:00Z`)),
    )
    expect(results.map((r) => r.isNew)).toEqual([true, true, true])
    expect(await store.snapshots()).toHaveLength(3)
  })

  it('keeps, replaces and misses estates', async () => {
    const { snapshot } = await add('{}', '2026-11-16T00:00:00Z')
    expect(await store.estate(snapshot.id, 'nodes')).toBeUndefined()
    await store.putEstate(snapshot.id, 'nodes', bytes('old'))
    await store.putEstate(snapshot.id, 'nodes', bytes('new'))
    expect(new TextDecoder().decode(await store.estate(snapshot.id, 'nodes'))).toBe('new')
  })
}
