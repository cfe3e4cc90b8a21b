import type { GraphStore, Snapshot, SourceRef } from '../../graph/index.ts'
import { excerpt, locate, SOURCE_KINDS } from '../../graph/index.ts'

/** A place in the imported files, for people. */
export interface EvidencePlace {
  readonly origin: string
  /** The read-only command that gives such a file. */
  readonly command: string
  /** 1-based; absent when the pointer leads nowhere. */
  readonly line?: number
  readonly pointer: string
  /** The value as indented JSON. */
  readonly excerpt?: string
}

/** Finds lines from the kept bytes; the bytes of recently shown sources are held. */
export class EvidenceReader {
  private readonly store: GraphStore
  private readonly snapshot: Snapshot
  private readonly held = new Map<number, Promise<Uint8Array>>()

  constructor(store: GraphStore, snapshot: Snapshot) {
    this.store = store
    this.snapshot = snapshot
  }

  async place(at: SourceRef): Promise<EvidencePlace> {
    const source = this.snapshot.sources[at.source]
    if (source === undefined) return { origin: 'unknown source', command: '', pointer: at.pointer }
    const bytes = await this.bytes(at.source)
    const found = locate(bytes, source.format, at.pointer)
    const text = excerpt(bytes, source.format, at.pointer)
    return {
      origin: source.origin,
      command: SOURCE_KINDS[source.kind].command,
      pointer: at.pointer,
      ...(found && { line: found.line }),
      ...(text !== undefined && { excerpt: text }),
    }
  }

  /** File and line only: cheaper than `place` where no lines are shown. */
  async line(at: SourceRef): Promise<{ readonly origin: string; readonly line?: number }> {
    const source = this.snapshot.sources[at.source]
    if (source === undefined) return { origin: 'unknown source' }
    const found = locate(await this.bytes(at.source), source.format, at.pointer)
    return { origin: source.origin, ...(found && { line: found.line }) }
  }

  private bytes(index: number): Promise<Uint8Array> {
    const known = this.held.get(index)
    if (known !== undefined) return known
    const source = this.snapshot.sources[index]
    const read = source === undefined ? Promise.resolve(new Uint8Array()) : this.store.content(source.content)
    // A report shows evidence of many files; hold few, they can be large.
    const oldest = this.held.keys().next()
    if (this.held.size >= HELD && oldest.done !== true) this.held.delete(oldest.value)
    this.held.set(index, read)
    return read
  }
}

const HELD = 8
