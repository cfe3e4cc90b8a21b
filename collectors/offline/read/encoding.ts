import { isUtf8 } from 'node:buffer'
import { GomeisaError } from '../../../graph/index.ts'
import { placeAt } from './place.ts'

/**
 * The bytes as UTF-8 without byte order mark. UTF-16 (what `>` of Windows PowerShell writes) is recoded.
 * Throws `INPUT_ENCODING` with the line of the first byte that is no text.
 */
export function toUtf8(origin: string, bytes: Uint8Array): Uint8Array {
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return recode(origin, bytes, wide)
  const text = startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes
  if (!isUtf8(text)) throw badBytes(origin, text, firstInvalid(text))
  return text
}

/** Whether `toUtf8` would succeed, without the cost of saying where not. */
export function isText(bytes: Uint8Array): boolean {
  if (wideEncoding(bytes) !== undefined) return true
  return isUtf8(bytes) && !bytes.subarray(0, 8_000).includes(0)
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0x7b, 0) || startsWith(bytes, 0x5b, 0))
    return 'utf-16le'
  return startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined
}

function recode(origin: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Uint8Array {
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new GomeisaError('INPUT_ENCODING', `\`${origin}\` starts as UTF-16 and is not`, {
      place: { file: origin, line: 1, column: 1 },
      remedy: REMEDY,
      cause,
    })
  }
}

/** The offset of the first byte that belongs to no character: the longest valid prefix, found by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0
  let end = bytes.byteLength
  while (end - valid > 4) {
    const middle = characterStart(bytes, (valid + end) >> 1)
    if (middle <= valid) break
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle
    else end = middle
  }
  while (valid < end) {
    const length = [1, 2, 3, 4].find(
      (n) => valid + n <= bytes.byteLength && isUtf8(bytes.subarray(valid, valid + n)),
    )
    if (length === undefined) break
    valid += length
  }
  return valid
}

/** Steps back over at most three continuation bytes, so that a character is not cut. */
function characterStart(bytes: Uint8Array, offset: number): number {
  let start = offset
  while (start > offset - 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return start
}

function badBytes(origin: string, bytes: Uint8Array, offset: number): GomeisaError {
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0')
  return new GomeisaError(
    'INPUT_ENCODING',
    `\`${origin}\` is not UTF-8: byte 0x${byte} at offset ${offset}`,
    {
      place: placeAt(origin, bytes, offset),
      remedy: REMEDY,
    },
  )
}

const REMEDY = 'export it again as UTF-8; if the file was edited or copied, take the original'

function startsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}
