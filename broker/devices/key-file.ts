import { createPrivateKey, type KeyObject } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { GomeisaError } from '../../graph/index.ts'

/**
 * The private key in `file` (PKCS#8 PEM, mode 0600); `make` makes it when there is none. Throws `STORE_UNUSABLE` when others may
 * read it, or when there is no key, or none in it.
 */
export function keyInFile(file: string, make?: () => KeyObject): KeyObject {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (make !== undefined) makeIfMissing(file, make)
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new GomeisaError('STORE_UNUSABLE', `others may read the key \`${file}\``, {
        remedy: `chmod 600 ${file}, and consider the key known to who could read it`,
      })
    }
    return createPrivateKey(readFileSync(file))
  } catch (cause) {
    if (cause instanceof GomeisaError) throw cause
    throw new GomeisaError('STORE_UNUSABLE', `the key \`${file}\` cannot be used`, {
      remedy: 'check the path and its permissions',
      cause,
    })
  }
}

/** Written aside and linked: two processes that start together end up with one whole key. */
function makeIfMissing(file: string, make: () => KeyObject): void {
  const exists = statSync(file, { throwIfNoEntry: false }) !== undefined
  if (exists) return
  const aside = `${file}.${process.pid}.new`
  writeFileSync(aside, make().export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(aside)
  }
}
