import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { GomeisaError } from '../../graph/index.ts'

/** What became of a file; `backup`: where what stood there before is kept. */
export interface Written {
  readonly file: string
  readonly changed: boolean
  readonly backup: string | undefined
}

/**
 * Changes a file of the person's: `change` is given its text (undefined: there is none) and gives the new one. A link stays, and what
 * it leads to is written; what stood there is kept beside it, with its mode. Throws `OUTPUT_UNWRITABLE` with `remedy`.
 */
export function writeFile(
  named: string,
  change: (before: string | undefined) => string,
  remedy: string,
): Written {
  const file = existsSync(named) ? realpathSync(named) : named
  try {
    const there = existsSync(file)
    const before = there ? readFileSync(file, 'utf8') : undefined
    const after = change(before)
    if (after === before) return { file, changed: false, backup: undefined }
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const mode = there ? statSync(file).mode & 0o777 : 0o600
    const backup = there ? `${file}.before-gomeisa-${Date.now()}` : undefined
    if (backup !== undefined) copyFileSync(file, backup)
    const aside = `${file}.${process.pid}`
    writeFileSync(aside, after, { mode })
    chmodSync(aside, mode)
    renameSync(aside, file)
    return { file, changed: true, backup }
  } catch (cause) {
    if (cause instanceof GomeisaError) throw cause
    throw new GomeisaError('OUTPUT_UNWRITABLE', `\`${file}\` cannot be changed`, { remedy, cause })
  }
}
