import { GomeisaError } from '../../../graph/index.ts'
import type { Budget } from './budget.ts'
import { gunzip } from './gunzip.ts'
import type { Entry, Ignored } from './entry.ts'
import { unzip } from './unzip.ts'

/** Opens archives by their first bytes, whatever their name; anything else is given as it is. */
export async function* unpack(entry: Entry, budget: Budget, depth = 0): AsyncGenerator<Entry | Ignored> {
  const archive = startsWith(entry.bytes, ZIP) || startsWith(entry.bytes, EMPTY_ZIP) ? unzip : undefined
  const opened = archive ?? (startsWith(entry.bytes, GZIP) ? gunzip : undefined)
  if (opened === undefined) {
    budget.read(entry.origin, entry.bytes.byteLength)
    yield entry
    return
  }
  if (depth === budget.limits.archiveDepth) {
    throw new GomeisaError(
      'INPUT_TOO_DEEP',
      `archives are nested in \`${entry.origin}\` deeper than ${depth}`,
      {
        place: { file: entry.origin },
        remedy: 'unpack it and import the folder',
      },
    )
  }
  for await (const inner of opened(entry, budget)) {
    if ('why' in inner) yield inner
    else yield* unpack(inner, budget, depth + 1)
  }
}

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06]
const GZIP = [0x1f, 0x8b, 0x08]

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}
