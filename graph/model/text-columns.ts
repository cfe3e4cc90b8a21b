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
