import { visible } from '../../../graph/index.ts'
import { envelope } from '../envelope.ts'
import { jsonText } from '../json-text.ts'
import { renderTable } from '../table.ts'
import { EXIT, type ExitCode, type VerbContext } from '../verb.ts'

type Where = Pick<VerbContext, 'terminal' | 'global'>

/** What was done: as JSON, else in a line for people. */
export function tellLine({ terminal, global }: Where, result: object, line: string): ExitCode {
  terminal.out(global.json ? jsonText(envelope('broker', null, result)) : line)
  return EXIT.ok
}

/** A list: as JSON, else as a table of these cells; `none` is said when there are none. */
export function tellRows(
  { terminal, global }: Where,
  result: object,
  rows: readonly (readonly string[])[],
  none: string,
): ExitCode {
  if (global.json) terminal.out(jsonText(envelope('broker', null, result)))
  else if (rows.length === 0) terminal.note(none)
  else {
    const cells = rows.map((row) => row.map((cell) => visible(cell)))
    renderTable(terminal, cells, '')
  }
  return EXIT.ok
}
