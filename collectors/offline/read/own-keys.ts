import { type Json, isObject, pointerStep } from '../../../graph/index.ts'

/**
 * The pointer of the first key `__proto__`, or `undefined`. No export has such a key; code that copies objects key by
 * key could be led astray by it.
 */
export function findPrototypeKey(root: Json): string | undefined {
  const waiting: { value: Json; at: string }[] = [{ value: root, at: '' }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, at } = next
    if (Array.isArray(value)) {
      for (const [i, item] of (value as readonly Json[]).entries()) {
        if (typeof item === 'object' && item !== null) waiting.push({ value: item, at: at + pointerStep(i) })
      }
    } else if (isObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (key === '__proto__') return at + pointerStep(key)
        if (typeof member === 'object' && member !== null)
          waiting.push({ value: member, at: at + pointerStep(key) })
      }
    }
  }
  return undefined
}

/** Whether the text can hold such a key: it stands there as it is, or with escaped characters. */
export function mayHavePrototypeKey(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return text.includes('__proto__') || text.includes('\\u00')
}
