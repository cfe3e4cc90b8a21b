import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import {
  type Entry,
  importFiles,
  type ImportOptions,
  importPaths,
  type ImportReport,
} from '../../../collectors/index.ts'
import { GomeisaError, type Instant, openEmbeddedStore, STORE_FILE } from '../../../graph/index.ts'

export const NOW = '2026-11-20T12:00:00Z' as Instant

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A store with one snapshot in it already, so that an import that fails has something to damage. */
export async function filledStore() {
  const folder = temporaryFolder()
  const store = openEmbeddedStore(folder)
  onTestFinished(() => store.close())
  await importFiles([file('before.json', { Accounts: [{ Id: '999988887777', JoinedMethod: 'CREATED' }] })], {
    store,
    now: NOW,
  })
  const state = (): unknown => {
    const db = new DatabaseSync(join(folder, STORE_FILE), { readOnly: true })
    try {
      return ['SELECT id FROM snapshot ORDER BY id', 'SELECT hash FROM content ORDER BY hash'].map((query) =>
        db.prepare(query).all(),
      )
    } finally {
      db.close()
    }
  }
  return { store, state }
}

export function file(origin: string, content: unknown): Entry {
  const isBytes = content instanceof Uint8Array
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return { origin, bytes: isBytes ? content : Buffer.from(text) }
}

export type Input = readonly Entry[] | readonly string[]

export async function importing(input: Input, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const { store } = await filledStore()
  return run(input, { store, now: NOW, ...options })
}

/** The error of an import that must fail; fails itself when the store is not as it was. */
export async function refusal(input: Input, options: Partial<ImportOptions> = {}): Promise<GomeisaError> {
  const { store, state } = await filledStore()
  const before = state()
  try {
    await run(input, { store, now: NOW, ...options })
  } catch (error) {
    if (!(error instanceof GomeisaError)) throw error
    if (JSON.stringify(state()) !== JSON.stringify(before))
      throw new Error('the store changed', { cause: error })
    return error
  }
  throw new Error('the import was accepted')
}

function run(input: Input, options: ImportOptions): Promise<ImportReport> {
  const paths = input.filter((each) => typeof each === 'string')
  const files = input.filter((each) => typeof each !== 'string')
  return paths.length > 0 ? importPaths(paths, options) : importFiles(files, options)
}
