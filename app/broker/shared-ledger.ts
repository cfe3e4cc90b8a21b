import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileSigner, openPostgresLedger, type SharedLedger } from '../../broker/index.ts'
import { GomeisaError } from '../../graph/index.ts'

/** The ledger whose address is in a file, because there is a password in it: it is not told to who lists processes. */
export async function openSharedLedger(folder: string, file: string): Promise<SharedLedger> {
  let address: string
  try {
    address = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new GomeisaError('INPUT_UNREADABLE', `\`${file}\` cannot be read`, {
      place: { file },
      remedy: 'write the address of the PostgreSQL ledger into it, readable by you alone',
      cause,
    })
  }
  return openPostgresLedger(address, fileSigner(join(folder, 'audit.key')))
}
