import type { GlobalOptions } from './verb.ts'

export const DEFAULT_DATA = '.gomeisa'

/** A command line that asks more of the same store: `gomeisa --data demo-data findings`. */
export function commandLine(global: Pick<GlobalOptions, 'data'>, ...words: readonly string[]): string {
  const data = global.data === DEFAULT_DATA ? [] : ['--data', quoted(global.data)]
  return ['gomeisa', ...data, ...words].join(' ')
}

/** A word for a POSIX shell, in quotes where it needs them. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
