import { GomeisaError, isGivenWrong, visible, wrapped } from '../../graph/index.ts'
import type { ExitCode } from './verb.ts'
import { EXIT } from './verb.ts'

/** The only place where errors become exit codes. */
export function exitCodeOf(error: unknown): ExitCode {
  return isGivenWrong(error) ? EXIT.usage : EXIT.error
}

/** An error for people: what, where, what to do; no stack. */
export function renderError(error: unknown): string {
  if (!(error instanceof GomeisaError)) {
    const reason = error instanceof Error ? error.message : String(error)
    return [
      ...lines('error INTERNAL: ', reason, '  '),
      ...lines('  ', 'this is a bug of Gomeisa: run again with GOMEISA_DEBUG=1 and report what it prints'),
    ].join('\n')
  }
  const text = lines(`error ${error.code}: `, error.message, '  ')
  const place = error.place && placeText(error.place)
  // The sentence often names the file already.
  if (place !== undefined && !error.message.includes(`\`${place}\``)) text.push(...lines('  at ', place))
  // Candidates stay in one piece: they are there to be copied.
  for (const candidate of error.candidates) text.push(`  - ${visible(candidate)}`)
  if (error.remedy !== undefined) text.push(...lines('  ', error.remedy))
  return text.join('\n')
}

/** Columns of an error: it goes to stderr, whose width nobody may know. */
const WIDTH = 80

/** The first line behind `head`, the others behind `indent`, by default as much space. */
function lines(head: string, text: string, indent = ' '.repeat(head.length)): string[] {
  const all = wrapped(visible(text), WIDTH - indent.length, head.length - indent.length)
  return all.map((line, i) => `${i === 0 ? head : indent}${line}`)
}

/** `file:line:column (pointer)`, as far as it is known. */
export function placeText(place: NonNullable<GomeisaError['place']>): string {
  const line = place.line === undefined ? '' : `:${place.line}`
  const column = place.line === undefined || place.column === undefined ? '' : `:${place.column}`
  const pointer = place.pointer === undefined || place.pointer === '' ? '' : ` (${place.pointer})`
  return `${place.file}${line}${column}${pointer}`
}
