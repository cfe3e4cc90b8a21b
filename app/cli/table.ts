import { columnsOf } from '../../graph/index.ts'
import { padTo } from './plain-text.ts'
import type { Terminal } from './terminal.ts'

/**
 * Rows in aligned columns within the terminal's width. A cell that is wider than its column pushes the rest of the row to
 * the next line, so that no name is cut. The last column is broken to what is left. Cells are `visible` already.
 */
export function renderTable(terminal: Terminal, rows: readonly (readonly string[])[], indent: string): void {
  const columns = Math.max(0, ...rows.map((row) => row.length)) - 1
  const room = terminal.width - columnsOf(indent)
  const most = Math.floor(room * WIDEST_COLUMN)
  const widths = Array.from({ length: columns }, (_, i) => {
    const fitting = rows.map((row) => columnsOf(row[i] ?? '')).filter((width) => width <= most)
    return Math.max(0, ...fitting)
  })
  for (const row of rows) {
    let line = indent
    let start = columnsOf(indent)
    for (const [i, width] of widths.entries()) {
      const cell = row[i] ?? ''
      const seam = start + width + GAP.length
      if (columnsOf(cell) > width) {
        terminal.block(line, cell)
        line = ' '.repeat(seam)
      } else line = padTo(`${line}${cell}`, seam)
      start = seam
    }
    terminal.block(line, row[columns] ?? '')
  }
}

const GAP = '  '

/** The part of the line that a column may take; a wider cell stands alone. */
const WIDEST_COLUMN = 0.45
