import { isObject, type Json, own } from '../../graph/index.ts'

/** An answer of the SDK as JSON, as the command line prints it: times in RFC 3339, bytes in base64, no metadata of the call. */
export function plain(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
      return value
    case 'bigint':
      return value.toString()
    case 'object': {
      const members = Object.entries(value).filter(
        ([key, member]) => key !== '$metadata' && member !== undefined,
      )
      return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]))
    }
    default:
      return null
  }
}

/** The value without what the paths lead to; `[]` after a step goes through a list (`Functions[].Environment`). */
export function without(value: Json, paths: readonly string[]): Json {
  return paths.reduce((rest, path) => dropped(rest, path.split('.')), value)
}

function dropped(value: Json, steps: readonly string[]): Json {
  const [step, ...rest] = steps
  if (step === undefined || !isObject(value)) return value
  const name = step.replace('[]', '')
  const inner = own(value, name)
  if (inner === undefined) return value
  const members = Object.entries(value)
  if (rest.length === 0) return Object.fromEntries(members.filter(([key]) => key !== name))
  const replaced = Array.isArray(inner)
    ? (inner as readonly Json[]).map((member) => dropped(member, rest))
    : dropped(inner, rest)
  return Object.fromEntries(members.map(([key, member]) => [key, key === name ? replaced : member]))
}
