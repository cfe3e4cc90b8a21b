import { csvLibrary, GomeisaError, type JsonObject } from '../../../graph/index.ts'
import type { Document } from '../format.ts'

/** The first line of text as a CSV header without records, to be recognised; `undefined` when it is no header. */
export function csvHeader(bytes: Uint8Array): Document | undefined {
  const start = Buffer.from(bytes.subarray(0, 8_000)).toString('utf8')
  const line = start.slice(0, (start + '\n').indexOf('\n')).trim()
  if (!/^[\w"]+(?:,[\w" ]+)+$/.test(line)) return undefined
  return { format: 'csv', header: line.replaceAll('"', '').split(','), records: [] }
}

/** Parses text as CSV (RFC 4180) with a header. Throws `INPUT_SYNTAX` with the line that has too few or many values. */
export function parseCsv(origin: string, bytes: Uint8Array): Document {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const { CsvError, parse } = csvLibrary()
  try {
    const records = parse<JsonObject>(text, { columns: true, skip_empty_lines: true })
    const [header = []] = parse(text, { to_line: 1 })
    return { format: 'csv', header, records }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const found = cause['lines']
    const line = typeof found === 'number' ? { line: found } : {}
    throw new GomeisaError('INPUT_SYNTAX', `\`${origin}\` is not CSV: ${firstWords(cause.message)}`, {
      place: { file: origin, ...line },
      remedy: 'the file is damaged or cut off: export it again',
      cause,
    })
  }
}

function firstWords(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '')
}
