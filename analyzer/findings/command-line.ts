/** A word of a POSIX shell command, quoted so that nothing in it is interpreted: names of an export are not trusted. */
export function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@=+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
