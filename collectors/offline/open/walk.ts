import { readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs'
import { basename, join } from 'node:path'
import { GomeisaError } from '../../../graph/index.ts'
import { type ImportLimits, megabytes } from '../limits.ts'
import { type Entry, type Ignored, instantOf } from './entry.ts'
import { readAside } from './read-aside.ts'

/** A file found, not read yet. */
export interface Found {
  readonly origin: string
  /** Reads it aside, so that `read` waits less. */
  begin?(): void
  read(): Promise<Entry>
}

/**
 * The files named by `paths`, folders recursively, in the order of their names. Hidden files are left out, folders
 * reached twice (through symbolic links) are read once, and what is no regular file is never opened.
 * Throws `INPUT_UNREADABLE` when a path does not exist or cannot be read.
 */
export function* filesIn(paths: readonly string[], limits: ImportLimits): Generator<Found | Ignored> {
  const visited = new Set<string>()
  for (const path of paths) yield* visit(path, visited, limits)
}

function* visit(path: string, visited: Set<string>, limits: ImportLimits): Generator<Found | Ignored> {
  const stats = reading(path, () => statSync(path))
  if (stats.isDirectory()) {
    const real = reading(path, () => realpathSync(path))
    if (visited.has(real)) {
      yield { origin: path, why: 'a folder that was read already' }
      return
    }
    visited.add(real)
    const names = reading(path, () => readdirSync(path)).sort()
    for (const name of names) if (!isHidden(name)) yield* visit(join(path, name), visited, limits)
    return
  }
  if (stats.isFile()) yield onDisk(path, stats, limits)
  else yield { origin: path, why: 'neither a file nor a folder' }
}

function onDisk(path: string, stats: Stats, limits: ImportLimits): Found {
  let begun: Promise<Uint8Array | undefined> | undefined
  return {
    origin: path,
    begin() {
      begun = readAside(path, stats.size)
    },
    async read() {
      const bytes = await begun
      begun = undefined
      return entryOf(path, stats, limits, bytes)
    },
  }
}

function entryOf(path: string, stats: Stats, limits: ImportLimits, begun: Uint8Array | undefined): Entry {
  if (stats.size > limits.archiveBytes) {
    throw new GomeisaError('INPUT_TOO_LARGE', `\`${path}\` has ${megabytes(stats.size)}`, {
      place: { file: path },
      remedy: `split it into files below ${megabytes(limits.archiveBytes)}`,
    })
  }
  const bytes = begun ?? reading(path, () => readFileSync(path))
  const modified = instantOf(stats.mtimeMs)
  return { origin: path, bytes, ...(modified === undefined ? {} : { modified }) }
}

/** Files that no person means to import: hidden ones and what macOS adds to archives. */
export function isHidden(path: string): boolean {
  return basename(path).startsWith('.') || path.split('/').includes('__MACOSX')
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw new GomeisaError('INPUT_UNREADABLE', `cannot read \`${path}\`: ${REASONS.get(code) ?? code}`, {
      place: { file: path },
      remedy: 'check the path and that you may read it',
      cause,
    })
  }
}

const REASONS = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'its symbolic links form a loop'],
])
