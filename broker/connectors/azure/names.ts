import { createHash } from 'node:crypto'

/**
 * A GUID made of what it stands for: whoever asks again after a crash asks for the same thing by the same name (RFC 9562, version 8).
 */
export function guidOf(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export const GUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
const WHOLE = new RegExp(`^${GUID}$`, 'i')
export const isGuid = (text: string): boolean => WHOLE.test(text)

/** The GUID of a role, without the place under which its id is written: Azure writes another one back than was sent. */
export const roleGuid = (role: string): string => role.slice(role.lastIndexOf('/') + 1).toLowerCase()

export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
