import type { Environment } from '../../../graph/index.ts'

const WORDS: ReadonlyMap<string, Environment> = new Map<string, Environment>([
  ['prod', 'production'],
  ['production', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['staging', 'staging'],
  ['stage', 'staging'],
  ['stg', 'staging'],
  ['uat', 'staging'],
  ['preprod', 'staging'],
  ['qa', 'staging'],
  ['dev', 'development'],
  ['devel', 'development'],
  ['development', 'development'],
  ['test', 'development'],
  ['sandbox', 'development'],
  ['nonprod', 'development'],
  ['security', 'security'],
  ['audit', 'security'],
])

const KEYS = new Set(['environment', 'env', 'stage', 'tier'])

/** Told by a tag, else by a word of the names, nearest name first. */
export function environmentOf(
  tags: readonly (readonly [string, string])[],
  names: readonly string[],
): Environment | undefined {
  for (const [key, value] of tags) {
    const told = KEYS.has(key.toLowerCase()) ? WORDS.get(value.toLowerCase()) : undefined
    if (told !== undefined) return told
  }
  for (const name of names) {
    const plain = name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
    if (/\b(non|pre)[-_ ]?prod/.test(plain)) return plain.includes('pre') ? 'staging' : 'development'
    for (const word of plain.split(/[^a-z]+/)) {
      const told = WORDS.get(word)
      if (told !== undefined) return told
    }
  }
  return undefined
}
