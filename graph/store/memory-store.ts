import { GomeisaError } from '../model/errors.ts'
import type { ContentHash, SnapshotId } from '../model/ids.ts'
import { contentHash, snapshotId } from '../snapshot/canonical.ts'
import type { ParsedContent } from '../snapshot/rows.ts'
import type { Snapshot, SnapshotDraft } from '../snapshot/snapshot.ts'
import type { ContentWriter, GraphStore } from './graph-store.ts'

/** Bytes whose meaning is kept besides; it takes several times as much. */
const PARSED = 64 << 20

/** A store that is gone with the process: for questions that are asked of files directly. */
export class MemoryStore implements GraphStore {
  private readonly contents = new Map<ContentHash, Uint8Array>()
  private readonly documents = new Map<ContentHash, ParsedContent>()
  private readonly kept = new Map<SnapshotId, Snapshot>()
  private readonly estates = new Map<string, Uint8Array>()
  private turn: Promise<unknown> = Promise.resolve()

  write(
    fill: (writer: ContentWriter) => Promise<SnapshotDraft>,
  ): Promise<{ snapshot: Snapshot; isNew: boolean }> {
    const result = this.turn.then(() => this.writeNow(fill))
    this.turn = result.catch(() => undefined)
    return result
  }

  snapshots(): Promise<readonly Snapshot[]> {
    const when = ({ takenAt, importedAt, id }: Snapshot) => [takenAt, importedAt, id].join(' ')
    return Promise.resolve([...this.kept.values()].sort((a, b) => (when(a) < when(b) ? -1 : 1)))
  }

  content(hash: ContentHash): Promise<Uint8Array> {
    const bytes = this.contents.get(hash)
    return bytes === undefined
      ? Promise.reject(new GomeisaError('STORE_UNUSABLE', `content ${hash.slice(0, 12)} is missing`))
      : Promise.resolve(bytes)
  }

  parsed(hash: ContentHash): ParsedContent | undefined {
    return this.documents.get(hash)
  }

  putEstate(snapshot: SnapshotId, name: string, bytes: Uint8Array): Promise<void> {
    this.estates.set(`${snapshot} ${name}`, bytes)
    return Promise.resolve()
  }

  estate(snapshot: SnapshotId, name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.estates.get(`${snapshot} ${name}`))
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  private async writeNow(
    fill: (writer: ContentWriter) => Promise<SnapshotDraft>,
  ): Promise<{ snapshot: Snapshot; isNew: boolean }> {
    const added = new Map<ContentHash, Uint8Array>()
    let size = 0
    const draft = await fill({
      put: (bytes, parsed) => {
        const hash = contentHash(bytes)
        added.set(hash, bytes)
        size += bytes.byteLength
        if (parsed !== undefined && size <= PARSED) this.documents.set(hash, parsed)
        return hash
      },
    })
    const snapshot: Snapshot = { id: snapshotId(draft), ...draft }
    for (const [hash, bytes] of added) this.contents.set(hash, bytes)
    const isNew = !this.kept.has(snapshot.id)
    if (isNew) this.kept.set(snapshot.id, snapshot)
    return { snapshot: this.kept.get(snapshot.id) ?? snapshot, isNew }
  }
}
