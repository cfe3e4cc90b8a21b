import {
  canonicalJson,
  isObject,
  type Json,
  type JsonObject,
  own,
  ownList,
  ownString,
} from '../../graph/index.ts'
import { NEXT, pageOf } from './crawl.ts'
import type { Entry as WorkEntry, Journal } from './journal.ts'
import type { PageCall } from './page-call.ts'

/** A file that an export would be. */
export interface CrawledFile {
  readonly origin: string
  readonly bytes: Uint8Array
}

interface Finished {
  readonly call: PageCall
  readonly parameters: JsonObject
  readonly n: number
  readonly entry: WorkEntry
}

/** A file is closed when it has reached this size. */
const FILE_BYTES = 64 * 2 ** 20

/**
 * What was crawled, as the files that an export would be: one answer a line with its question, and the manifest of what was
 * asked. They depend on the answers alone, not on the order in which these came. `folder` begins their names.
 */
export function* crawledFiles(
  journal: Journal,
  calls: readonly PageCall[],
  folder: string,
  chosen: readonly JsonObject[],
): Generator<CrawledFile> {
  const finished = finishedIn(journal, calls)
  for (const [call, pages] of Map.groupBy(finished, (one) => one.call)) {
    if (call.yields !== undefined) yield* filesOf(call, pages, journal, folder)
  }
  const lines: Json[] = [
    ...manifest(finished, folder),
    ...chosen.map((row) => ({ collected: folder, ...row })),
  ]
  yield {
    origin: `${folder}/coverage.jsonl`,
    bytes: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  }
}

function finishedIn(journal: Journal, calls: readonly PageCall[]): readonly Finished[] {
  const named = new Map(calls.map((call) => [call.name, call]))
  const found = [...journal.keys()].flatMap((key) => {
    const [name, parameters, n] = JSON.parse(key) as readonly Json[]
    const call = typeof name === 'string' ? named.get(name) : undefined
    const entry = journal.find(key)
    if (call === undefined || entry === undefined || !isObject(parameters ?? null)) return []
    const about = canonicalJson([call.name, parameters ?? null])
    return [{ call, parameters: parameters as JsonObject, n: Number(n), entry, about }]
  })
  return found.sort((a, b) => (a.about < b.about ? -1 : a.about > b.about ? 1 : a.n - b.n))
}

function* filesOf(
  call: PageCall,
  pages: readonly Finished[],
  journal: Journal,
  folder: string,
): Generator<CrawledFile> {
  let [lines, size, file]: [Buffer[], number, number] = [[], 0, 1]
  const close = (): CrawledFile => {
    const name = call.name.replaceAll(/[^\w]+/g, '-')
    const origin = `${folder}/${name}${file === 1 ? '' : `-${file}`}.jsonl`
    const bytes = Buffer.concat(lines)
    ;[lines, size, file] = [[], 0, file + 1]
    return { origin, bytes }
  }
  const seen = new Set<string>()
  for (const [i, { parameters, n, entry }] of pages.entries()) {
    const page = pageOf(journal, entry)
    if (page === undefined || call.isSaid?.(page) === false) continue
    // A page says that the listing goes on only when what follows is missing.
    const following = pages[i + 1]
    const goesOn = !(following?.n === n + 1 && following.entry.is === 'answer')
    const line = {
      call: call.name,
      parameters: shown(call, parameters),
      response: responseOf(call, page, goesOn, seen),
    }
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    lines.push(bytes)
    size += bytes.length
    if (size >= FILE_BYTES) yield close()
  }
  if (lines.length > 0) yield close()
}

function shown(call: PageCall, parameters: JsonObject): JsonObject {
  if (call.shows === undefined) return parameters
  return Object.fromEntries(call.shows.map((name) => [name, own(parameters, name) ?? null]))
}

function responseOf(call: PageCall, page: JsonObject, goesOn: boolean, seen: Set<string>): JsonObject {
  const { [NEXT]: next, ...body } = page
  const rows = call.id === undefined ? undefined : own(body, call.rows)
  const once =
    rows === undefined
      ? body
      : { ...body, [call.rows]: ownList(body, call.rows).filter((row) => isFirst(call, row, seen)) }
  return goesOn && next !== undefined ? { ...once, nextPageToken: next } : once
}

function isFirst(call: PageCall, row: Json, seen: Set<string>): boolean {
  const id = isObject(row) ? call.id?.(row) : undefined
  if (id === undefined) return true
  if (seen.has(id)) return false
  seen.add(id)
  return true
}

function* manifest(finished: readonly Finished[], collected: string): Generator<JsonObject> {
  const groups = Map.groupBy(finished, ({ call, parameters }) =>
    canonicalJson([call.name, call.about(parameters)]),
  )
  for (const [, same] of groups) {
    const [first] = same
    if (first === undefined) continue
    const count = (is: WorkEntry['is']) => same.filter(({ entry }) => entry.is === is).length
    const codes = same.flatMap(({ entry }) => (entry.is === 'refused' ? [entry.code] : [])).sort()
    const refused = [...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length] as const)
    yield {
      collected,
      call: first.call.name,
      about: first.call.about(first.parameters),
      answered: count('answer'),
      absent: count('absent'),
      ...(refused.length === 0 ? {} : { refused: Object.fromEntries(refused) }),
    }
  }
}

/** A text of a row, for ids of rows. */
export function idBy(...names: readonly string[]): (row: JsonObject) => string | undefined {
  return (row) => {
    const parts = names.map((name) => ownString(row, name))
    return parts.includes(undefined) ? undefined : parts.join(' ')
  }
}
