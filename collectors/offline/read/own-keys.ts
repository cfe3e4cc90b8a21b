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

/** Whether JSON text can hold such a key: it stands there as it is, or with escapes of its letters. Cheap. */
export function mayHavePrototypeKey(json: Buffer | string): boolean {
  return SIGNS.some((sign) => json.includes(sign))
}

/** The letters of the key are U+005F to U+0074. */
const SIGNS = ['__proto__', '\\u005', '\\u006', '\\u007']
