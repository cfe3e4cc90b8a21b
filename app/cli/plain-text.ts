import { grouped } from '../../graph/index.ts'
/** Columns that visible text takes on a terminal: 2 for wide East Asian characters and pictures, 0 for marks that combine. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length
  let columns = 0
  for (const c of text) columns += MARK.test(c) ? 0 : WIDE.test(c) ? 2 : 1
  return columns
}

const ASCII = /^[\x20-\x7e]*$/
const MARK = /^\p{M}$/u
/** Unicode Standard Annex 11, the blocks whose characters are wide. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u

/** Pads with spaces to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/**
 * Lines of at most `width` columns: broken at spaces, and a word that is longer than a line behind `/` or one of `:,-._` or,
 * for want of them, anywhere. Nothing is left out. `taken` columns of the first line are used already.
 */
export function wrapped(text: string, width: number, taken = 0): string[] {
  const lines: string[] = []
  let line = ''
  const room = () => width - (lines.length === 0 ? taken : 0)
  for (const word of text.split(' ')) {
    const next = line === '' ? word : `${line} ${word}`
    if (columnsOf(next) <= room()) {
      line = next
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (columnsOf(line) > room()) {
      const piece = beginning(line, room())
      lines.push(piece)
      line = line.slice(piece.length)
    }
  }
  lines.push(line)
  return lines
}

/** As much of a word as fits, behind a separator where there is one in the second half; at least one character. */
function beginning(word: string, width: number): string {
  let most = ''
  let columns = 0
  for (const c of word) {
    columns += columnsOf(c)
    if (columns > width && most !== '') break
    most += c
  }
  const slash = most.lastIndexOf('/') + 1
  const other = Math.max(...[':', ',', '-', '.', '_'].map((c) => most.lastIndexOf(c))) + 1
  const seam = [slash, other].find((place) => place > most.length / 2)
  return most.slice(0, seam)
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
