import type { Environment } from '../graph/index.ts'

const WORDS: ReadonlyMap<string, Environment> = new Map([
  ['prod', 'production'],
  ['production', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['staging', 'staging'],
  ['stage', 'staging'],
  ['stg', 'staging'],
  ['preprod', 'staging'],
  ['uat', 'staging'],
  ['dev', 'development'],
  ['development', 'development'],
  ['test', 'development'],
  ['sandbox', 'development'],
  ['security', 'security'],
  ['audit', 'security'],
])
const KEYS = new Set(['env', 'environment', 'stage'])

/**
 * The environment of a container: told by a tag `env`, `environment` or `stage`, else by a word of its names, nearest
 * name first (its own, its parent's …). `undefined` when neither says; `non-prod` says development.
 */
export function environmentOf(
  tags: readonly (readonly [key: string, value: string])[],
  names: readonly string[],
): Environment | undefined {
  for (const [key, value] of tags) {
    const told = KEYS.has(key.toLowerCase()) ? inWords(value) : undefined
    if (told !== undefined) return told
  }
  for (const name of names) {
    const told = inWords(name)
    if (told !== undefined) return told
  }
  return undefined
}

function inWords(text: string): Environment | undefined {
  const words = text.toLowerCase().split(/[^a-z0-9]+/)
  for (const [i, word] of words.entries()) {
    if (word === 'nonprod' || (word === 'non' && words[i + 1]?.startsWith('prod') === true))
      return 'development'
    const told = WORDS.get(word)
    if (told !== undefined) return told
  }
  return undefined
}
