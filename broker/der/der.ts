import { demand } from '../refusal.ts'

/** Writes DER (ITU-T X.690): the few types that a request and a key file are made of. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

function lengthOf(count: number): Buffer {
  if (count < 0x80) return Buffer.from([count])
  const bytes = Buffer.from(
    count.toString(16).padStart(count > 0xffff ? 6 : count > 0xff ? 4 : 2, '0'),
    'hex',
  )
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const

/** An integer that is not negative, from its big-endian bytes. */
export function unsigned(bytes: Uint8Array): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const digits = bytes.subarray(start)
  const sign = (digits[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0)
  return der(TAG.integer, sign, digits)
}

/** An object identifier such as `1.2.840.10045.4.3.2`. */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return der(TAG.oid, ...[first * 40 + second, ...rest].map(base128))
}

function base128(value: number): Buffer {
  const digits = [value & 0x7f]
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
    digits.unshift((left & 0x7f) | 0x80)
  return Buffer.from(digits)
}

/** PEM (RFC 7468). */
export function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** An element of DER: its tag and what is inside. */
export interface DerPart {
  readonly tag: number
  readonly content: Buffer
}

/** The elements inside the one element `bytes`, which must have `tag`; refuses what is no DER. Tags of one byte only. */
export function partsOf(bytes: Buffer, tag: number): DerPart[] {
  const [whole, after] = readPart(bytes, 0)
  demand(whole.tag === tag && after === bytes.length, 'malformed', 'the DER is of another type')
  const parts: DerPart[] = []
  for (let at = 0; at < whole.content.length;) {
    const [part, next] = readPart(whole.content, at)
    parts.push(part)
    at = next
  }
  return parts
}

function readPart(bytes: Buffer, at: number): [DerPart, next: number] {
  demand(bytes.length >= at + 2, 'malformed', 'the DER ends too early')
  const first = bytes.readUInt8(at + 1)
  const more = first < 0x80 ? 0 : first & 0x7f
  demand(
    first !== 0x80 && more <= 3 && bytes.length >= at + 2 + more,
    'malformed',
    'the DER has an unsound length',
  )
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
  const start = at + 2 + more
  demand(bytes.length >= start + length, 'malformed', 'the DER ends too early')
  return [{ tag: bytes.readUInt8(at), content: bytes.subarray(start, start + length) }, start + length]
}
