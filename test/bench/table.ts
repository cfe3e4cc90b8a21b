/** What one size took. */
export interface Row {
  readonly size: string
  readonly mb: number
  readonly import: number
  readonly analyze: number
  readonly total: number
  readonly cpu: number
  readonly peakMb: number
  readonly whoCan: number
  /** who-can asked of the files themselves. */
  readonly fromFiles: number
  /** what-can asked of the files themselves. */
  readonly whatFromFiles: number
  readonly can: number
}

interface Column {
  readonly head: string
  readonly cell: (row: Row, before: Row | undefined, old: Row | undefined) => string
}

const COLUMNS: readonly Column[] = [
  { head: 'size', cell: ({ size }) => size },
  { head: 'MB', cell: ({ mb }) => mb.toFixed(1) },
  { head: 'import s', cell: (row) => row.import.toFixed(2) },
  { head: 'analyze s', cell: (row) => row.analyze.toFixed(2) },
  { head: 'both s', cell: (row) => row.total.toFixed(2) },
  { head: 'CPU s', cell: (row) => row.cpu.toFixed(2) },
  { head: 'peak MB', cell: (row) => row.peakMb.toFixed(0) },
  { head: 'who-can s', cell: (row) => row.whoCan.toFixed(2) },
  { head: '--from s', cell: (row) => row.fromFiles.toFixed(2) },
  { head: 'what s', cell: (row) => row.whatFromFiles.toFixed(2) },
  { head: 'can s', cell: (row) => row.can.toFixed(2) },
  { head: 'growth', cell: (row, before) => (before === undefined ? '-' : growth(row, before).toFixed(2)) },
  {
    head: 'baseline',
    cell: (row, _, old) => (old === undefined ? '-' : `${(row.cpu / old.cpu).toFixed(2)}x`),
  },
]

export const LEGEND = `both: import and analyze. --from, what: who-can and what-can of the raw files, without a store. growth: CPU seconds for each MB against the row above; 1 is linear, less is better.
baseline: CPU seconds against the stored ones (--save); - where there are none.`

const GAP = 2

export const tableHead = COLUMNS.map(({ head }) => head.padStart(widthOf(head))).join('')

/** One line of the table. `before` is the row above, `old` the stored row of the same size. */
export function tableLine(row: Row, before: Row | undefined, old: Row | undefined): string {
  return COLUMNS.map(({ head, cell }) => cell(row, before, old).padStart(widthOf(head))).join('')
}

/** How the time for each MB grew from one size to the next. CPU time: the machine may be busy with something else. */
export function growth(row: Row, before: Row): number {
  return row.cpu / row.mb / (before.cpu / before.mb)
}

function widthOf(head: string): number {
  return Math.max(head.length, 4) + GAP
}
