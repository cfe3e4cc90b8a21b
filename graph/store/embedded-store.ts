import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import type { ZstdOptions } from 'node:zlib'
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import { GomeisaError } from '../model/errors.ts'
import type { ContentHash, SnapshotId } from '../model/ids.ts'
import { contentHash, snapshotId } from '../snapshot/canonical.ts'
import type { Snapshot, SnapshotDraft } from '../snapshot/snapshot.ts'
import type { ContentWriter, GraphStore } from './graph-store.ts'

/** The store's one file inside the data directory (SQLite adds `-wal` and `-shm` beside it while it is open). */
export const STORE_FILE = 'gomeisa.db'

const STORE_VERSION = 1

/** Content lies outside of its index: looking for a hash must not lead past what others hold. */
const SCHEMA = `
  CREATE TABLE content (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, zstd BLOB NOT NULL) STRICT;
  CREATE TABLE snapshot (id TEXT PRIMARY KEY, taken_at TEXT NOT NULL, imported_at TEXT NOT NULL, body BLOB NOT NULL) STRICT;
  CREATE TABLE estate (snapshot TEXT NOT NULL REFERENCES snapshot(id), name TEXT NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (snapshot, name)) STRICT;
`

export interface EmbeddedStoreOptions {
  /** Create directory and file when they are not there (default). Off: a missing store is `NO_SNAPSHOT`. */
  readonly create?: boolean
}

/**
 * Opens the embedded store: one SQLite file (write-ahead log, readable by several processes while one writes) in
 * `directory`, which only the owner can enter, because it holds who can do what.
 * Throws `STORE_UNUSABLE` when the file cannot be opened or is damaged, `STORE_VERSION` when a newer Gomeisa wrote it.
 */
export function openEmbeddedStore(directory: string, options: EmbeddedStoreOptions = {}): GraphStore {
  const file = join(directory, STORE_FILE)
  if (options.create === false && !existsSync(file)) {
    throw new GomeisaError('NO_SNAPSHOT', `there is no store in \`${directory}\``, {
      remedy: 'import exports first (`gomeisa import PATH…`), or name the data directory with --data',
    })
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return new EmbeddedStore(prepare(file), file)
  } catch (cause) {
    throw unusable(file, cause)
  }
}

function prepare(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 30_000 })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;')
    chmodSync(file, 0o600)
    db.exec('BEGIN IMMEDIATE')
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
    if (version > STORE_VERSION) {
      throw new GomeisaError('STORE_VERSION', `\`${file}\` was written by a newer version of Gomeisa`, {
        remedy: 'update Gomeisa, or use another data directory with --data',
      })
    }
    if (version === 0) db.exec(`${SCHEMA} PRAGMA user_version = ${STORE_VERSION};`)
    db.exec('COMMIT')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

class EmbeddedStore implements GraphStore {
  private readonly db: DatabaseSync
  private readonly file: string
  private turn: Promise<unknown> = Promise.resolve()

  constructor(db: DatabaseSync, file: string) {
    this.db = db
    this.file = file
  }

  write(
    fill: (writer: ContentWriter) => Promise<SnapshotDraft>,
  ): Promise<{ snapshot: Snapshot; isNew: boolean }> {
    // One connection holds one transaction: writers of this process wait for each other.
    const result = this.turn.then(() => this.writeNow(fill))
    this.turn = result.catch(() => undefined)
    return result
  }

  snapshots(): Promise<readonly Snapshot[]> {
    return this.attempt(() =>
      this.db
        .prepare('SELECT body FROM snapshot ORDER BY taken_at, imported_at, id')
        .all()
        .map((row) => JSON.parse(unzip(row['body']).toString('utf8')) as Snapshot),
    )
  }

  content(hash: ContentHash): Promise<Uint8Array> {
    return this.attempt(async () => {
      const row = this.db.prepare('SELECT size, zstd FROM content WHERE hash = ?').get(hash)
      if (row === undefined) throw this.damaged(`content ${hash.slice(0, 12)} is missing`)
      const size = Number(row['size'])
      const options = { chunkSize: size + LEAST_CHUNK }
      // Aside, so that others are not held up; of what is small, to hand it over takes longer than to do it.
      const bytes = await (size > SMALL ? unzipAside : zstdDecompressSync)(blob(row['zstd']), options)
      if (contentHash(bytes) !== hash)
        throw this.damaged(`content ${hash.slice(0, 12)} does not match its hash`)
      return bytes
    })
  }

  async putEstate(snapshot: SnapshotId, name: string, bytes: Uint8Array): Promise<void> {
    // In a thread of its own: the sections of an estate are compressed side by side.
    const zipped = await zipAside(bytes, zipOptions(bytes))
    // Waits like a writer: inside a snapshot's transaction it would be rolled back with it.
    const result = this.turn.then(() =>
      this.attempt(() => {
        // What can be worked out again need not reach the disk before the next step; in a log it is never half there.
        this.db.exec('PRAGMA synchronous = NORMAL')
        this.db.prepare('INSERT OR REPLACE INTO estate VALUES (?, ?, ?)').run(snapshot, name, zipped)
      }),
    )
    this.turn = result.catch(() => undefined)
    return result
  }

  estate(snapshot: SnapshotId, name: string): Promise<Uint8Array | undefined> {
    return this.attempt(() => {
      const row = this.db
        .prepare('SELECT bytes FROM estate WHERE snapshot = ? AND name = ?')
        .get(snapshot, name)
      return row === undefined ? undefined : unzip(row['bytes'])
    })
  }

  async close(): Promise<void> {
    await this.turn
    this.db.close()
  }

  private async writeNow(
    fill: (writer: ContentWriter) => Promise<SnapshotDraft>,
  ): Promise<{ snapshot: Snapshot; isNew: boolean }> {
    await this.attempt(() => {
      this.db.exec('PRAGMA synchronous = FULL')
      this.db.exec('BEGIN IMMEDIATE')
    })
    const writer = this.writer()
    try {
      const draft = await fill(writer)
      await writer.done()
      const snapshot: Snapshot = { id: snapshotId(draft), ...draft }
      const isNew = await this.attempt(() => {
        const body = zip(Buffer.from(JSON.stringify(snapshot)))
        const { changes } = this.db
          .prepare('INSERT OR IGNORE INTO snapshot VALUES (?, ?, ?, ?)')
          .run(snapshot.id, snapshot.takenAt, snapshot.importedAt, body)
        this.db.exec('COMMIT')
        return changes === 1
      })
      return { snapshot, isNew }
    } catch (error) {
      this.db.exec('ROLLBACK')
      throw error
    }
  }

  /** Compresses in other threads while the next source is read; `done` waits for what is still on its way. */
  private writer(): ContentWriter & { done(): Promise<void> } {
    const known = this.db.prepare('SELECT 1 FROM content WHERE hash = ?')
    const insert = this.db.prepare('INSERT INTO content VALUES (?, ?, ?)')
    const underway = new Map<ContentHash, Promise<void>>()
    let waiting = 0
    const keep = (hash: ContentHash, size: number, zipped: Buffer) => {
      try {
        insert.run(hash, size, zipped)
      } catch (cause) {
        throw unusable(this.file, cause)
      }
    }
    return {
      put: (bytes) => {
        const hash = contentHash(bytes)
        if (underway.has(hash) || known.get(hash) !== undefined) return hash
        const size = bytes.byteLength
        if (waiting + size > MOST_WAITING) {
          keep(hash, size, zip(bytes))
          return hash
        }
        waiting += size
        const work = zipAside(bytes, zipOptions(bytes)).then((zipped) => {
          waiting -= size
          keep(hash, size, zipped)
        })
        // Its failure is told by `done`; until then it must not count as unhandled.
        work.catch(() => undefined)
        underway.set(hash, work)
        return hash
      },
      done: async () => {
        await Promise.all(underway.values())
      },
    }
  }

  // The driver is synchronous; the port is not, because other stores are not.
  private async attempt<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      throw unusable(this.file, cause)
    }
  }

  private damaged(what: string): GomeisaError {
    return new GomeisaError('STORE_UNUSABLE', `the store \`${this.file}\` is damaged: ${what}`, {
      remedy: 'import the exports again into another data directory (--data)',
    })
  }
}

function unusable(file: string, cause: unknown): GomeisaError {
  if (cause instanceof GomeisaError) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new GomeisaError('STORE_UNUSABLE', `the store \`${file}\` cannot be used: ${reason}`, {
    remedy: 'check that the directory is writable and the disk is not full, or use another one with --data',
    cause,
  })
}

// Level 1: exports are repetitive text; it shrinks them about tenfold at hundreds of megabytes a second. Large chunks:
// with the default of 16 KiB, gathering the output of a large estate takes longer than compressing it.
function zipOptions(bytes: Uint8Array): ZstdOptions {
  return {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    chunkSize: Math.max(LEAST_CHUNK, bytes.byteLength >> 3),
  }
}

function zip(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, zipOptions(bytes))
}

const zipAside = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress)
const unzipAside = promisify<Uint8Array, ZstdOptions, Buffer>(zstdDecompress)

/** Bytes that may wait for compression; beyond it a source is compressed at once. */
const MOST_WAITING = 64 * 1024 * 1024

const LEAST_CHUNK = 64 * 1024

const SMALL = 1024 * 1024

function unzip(value: unknown): Buffer {
  const bytes = blob(value)
  return zstdDecompressSync(bytes, { chunkSize: Math.max(LEAST_CHUNK, bytes.byteLength * 4) })
}

function blob(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new GomeisaError('INTERNAL', 'a stored blob is not a blob')
}
