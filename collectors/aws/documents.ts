import { isObject, type Json, type JsonObject, ownString, type SourceKind } from '../../graph/index.ts'
import type { Entry as WorkEntry, Journal } from '../transport/journal.ts'
import type { Entry } from '../offline/open/entry.ts'
import { type Call, nameOf } from './calls/call.ts'
import { callNamed } from './calls/table.ts'

/** A finished call as the journal knows it. */
interface Finished {
  readonly call: Call
  readonly account: string
  readonly region: string
  readonly parameters: JsonObject
  readonly entry: WorkEntry
  readonly key: string
}

/** What the manifest says besides the calls: an account that could not be entered, regions that were chosen. */
export interface Remark {
  readonly account: string
  readonly call?: string
  readonly region?: string
  readonly refused?: string
  readonly regions?: readonly string[]
}

/**
 * What was collected, as the files that an export would be: answers by account and service, and the manifest of what was
 * asked. They depend on the answers alone, not on the order in which these came.
 */
export function* documents(journal: Journal, remarks: readonly Remark[]): Generator<Entry> {
  const finished = [...journal.keys()].sort().flatMap((key) => readKey(key, journal))
  for (const [origin, calls] of Map.groupBy(finished, originOf)) {
    const bytes = contentOf(calls, journal)
    if (bytes !== undefined) yield { origin, bytes }
  }
  yield { origin: 'aws/coverage.jsonl', bytes: manifest(finished, remarks) }
}

function readKey(key: string, journal: Journal): readonly Finished[] {
  const [account, region, name, parameters] = JSON.parse(key) as readonly Json[]
  const call = typeof name === 'string' ? callNamed(name) : undefined
  const entry = journal.find(key)
  if (call === undefined || entry === undefined || !isObject(parameters ?? null)) return []
  return [
    {
      call,
      account: textOf(account),
      region: textOf(region),
      parameters: parameters as JsonObject,
      entry,
      key,
    },
  ]
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Kinds that hold answers of many calls. */
const TOGETHER: ReadonlySet<SourceKind> = new Set<SourceKind>(['aws.answers', 'aws.usage'])

function originOf({ call, account }: Finished): string {
  const name = TOGETHER.has(call.yields) ? call.service.id : `${call.service.id}-${call.operation}`
  if (call.yields === 'aws.usage') return `aws/${account}/usage.jsonl`
  if (call.yields === 'aws.credential-report') return `aws/${account}/credential-report.csv`
  return `aws/${account}/${name}.${call.bare === true ? 'json' : 'jsonl'}`
}

function contentOf(calls: readonly Finished[], journal: Journal): Uint8Array | undefined {
  const lines: Buffer[] = []
  for (const { call, account, region, parameters, entry } of calls) {
    for (const page of pagesOf(call, entry, journal)) {
      if (call.yields === 'aws.credential-report') return reportIn(page)
      const line =
        call.bare === true ? page : { call: nameOf(call), account, region, parameters, response: page }
      lines.push(Buffer.from(`${JSON.stringify(line)}\n`))
    }
  }
  return lines.length === 0 ? undefined : Buffer.concat(lines)
}

function pagesOf(call: Call, entry: WorkEntry, journal: Journal): readonly Json[] {
  if (entry.is === 'answer') return JSON.parse(journal.read(entry).toString()) as readonly Json[]
  if (entry.is !== 'absent') return []
  if (call.none !== undefined) return [call.none]
  return TOGETHER.has(call.yields) ? [null] : []
}

/** The report itself, which comes in base64. */
function reportIn(page: Json): Uint8Array | undefined {
  const content = isObject(page) ? ownString(page, 'Content') : undefined
  return content === undefined ? undefined : Buffer.from(content, 'base64')
}

function manifest(finished: readonly Finished[], remarks: readonly Remark[]): Uint8Array {
  const lines: Json[] = []
  const groups = Map.groupBy(finished, ({ call, account, region }) => `${account} ${nameOf(call)} ${region}`)
  for (const [, same] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = same
    if (first === undefined) continue
    const { call, account, region } = first
    const count = (is: WorkEntry['is']) => same.filter(({ entry }) => entry.is === is).length
    const codes = same.flatMap(({ entry }) => (entry.is === 'refused' ? [entry.code] : [])).sort()
    const refused = [...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length] as const)
    lines.push({
      collected: 'aws',
      account,
      call: nameOf(call),
      region,
      answered: count('answer'),
      absent: count('absent'),
      ...(refused.length === 0 ? {} : { refused: Object.fromEntries(refused) }),
    })
  }
  for (const { refused, regions, ...remark } of remarks) {
    lines.push({
      collected: 'aws',
      ...remark,
      ...(refused === undefined ? {} : { refused: { [refused]: 1 } }),
      ...(regions === undefined ? {} : { regions }),
    })
  }
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}
