/** What `JSON.parse` can give. Objects come from outside: look their keys up with `Object.hasOwn`, never by inheritance. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json | undefined }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own property of a JSON object; `undefined` for anything inherited (`__proto__`, `constructor`). */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** An own property that is a string, else `undefined`. */
export function ownString(object: JsonObject, key: string): string | undefined {
  const value = own(object, key)
  return typeof value === 'string' ? value : undefined
}

/** An own property that is a list, else the empty list. */
export function ownList(object: JsonObject, key: string): readonly Json[] {
  const value = own(object, key)
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

/** An own property that is an object, else `undefined`. */
export function ownObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = own(object, key)
  return isObject(value) ? value : undefined
}

/** One step of a JSON pointer (RFC 6901), escaped. */
export function pointerStep(key: string | number): string {
  return typeof key === 'number' ? `/${key}` : `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The value a JSON pointer (RFC 6901) names, or `undefined`. */
export function atPointer(root: Json, pointer: string): Json | undefined {
  if (pointer === '') return root
  let value: Json | undefined = root
  for (const step of pointer.slice(1).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)]
    else if (isObject(value)) value = own(value, key)
    else return undefined
  }
  return value
}
