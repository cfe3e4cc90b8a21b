import { createRequire } from 'node:module'
import type * as Csv from 'csv-parse/sync'

type Library = typeof Csv

let library: Library | undefined

/** The parser of CSV (RFC 4180), loaded with the first file that needs it: most exports are JSON. */
export function csvLibrary(): Library {
  return (library ??= createRequire(import.meta.url)('csv-parse/sync') as Library)
}
