import { drawsOf } from './random.ts'

function letters(key: string, alphabet: string, length: number): string {
  const draws = drawsOf(`id/${key}`)
  let out = ''
  for (let index = 0; index < length; index++) out += alphabet.charAt(draws.int(alphabet.length))
  return out
}

/** Lower-case hexadecimal digits. */
export function hex(key: string, length: number): string {
  return letters(key, '0123456789abcdef', length)
}

/** Decimal digits, the first not zero. */
export function digits(key: string, length: number): string {
  return letters(`${key}/0`, '123456789', 1) + letters(key, '0123456789', length - 1)
}

/** Lower-case letters and digits. */
export function lowerAlphanumeric(key: string, length: number): string {
  return letters(key, 'abcdefghijklmnopqrstuvwxyz0123456789', length)
}

/** A version 4 UUID. */
export function uuid(key: string): string {
  const h = hex(key, 32)
  const variant = letters(`${key}/v`, '89ab', 1)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`
}

/** An AWS unique id: four-letter kind (AIDA user, AGPA group, AROA role, ANPA policy) and 17 characters. */
export function awsUniqueId(kind: 'AIDA' | 'AGPA' | 'AROA' | 'ANPA', key: string): string {
  return kind + letters(`${kind}/${key}`, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 17)
}

/** An etag as Google prints it: base64 of a few bytes. */
export function etag(key: string): string {
  return `Bw${letters(`etag/${key}`, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 9)}=`
}
