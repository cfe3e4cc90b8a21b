import { columnsOf, grouped } from '../../graph/index.ts'

/** Pads with spaces to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** Shortens the middle of a text to a number of columns: the ends of ARNs and paths tell most. */
export function shorten(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  const tail = Math.ceil((width - 1) * 0.6)
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`
}

/** `1 user`, `1,203 users`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`
}

/**
 * A command line folded to `width` columns with ` \` at spaces outside quotes, so that it can still be copied as a whole.
 * What has line breaks of its own is left as it is. Every line but the first is preceded by `indent`.
 */
export function foldCommand(command: string, width: number, indent: string): string {
  if (command.includes('\n')) return command
  const lines: string[] = []
  let line = ''
  for (const word of shellWords(command)) {
    const next = line === '' ? word : `${line} ${word}`
    if (line !== '' && columnsOf(next) > width - 2 - indent.length) {
      lines.push(`${line} \\`)
      line = `  ${word}`
    } else line = next
  }
  return [...lines, line].join(`\n${indent}`)
}

/** Cuts at spaces that are outside quotes. */
function shellWords(command: string): string[] {
  return command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^ '"\\]|['"\\])+/gs) ?? []
}
