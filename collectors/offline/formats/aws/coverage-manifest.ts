import {
  type Gap,
  isObject,
  type Json,
  type JsonObject,
  own,
  ownList,
  ownObject,
  ownString,
} from '../../../../graph/index.ts'
import { callNamed } from '../../../aws/calls/table.ts'
import { awsGap, coveredBy } from '../../coverage/aws/table.ts'
import type { Format } from '../../format.ts'
import { counted } from '../../listing.ts'
import { listOf, mapOf, numeral, record, text } from '../../record-shape.ts'
import { linesOf } from './answers.ts'

const shape = record(
  { collected: text, account: text },
  {
    call: text,
    region: text,
    answered: numeral,
    absent: numeral,
    refused: mapOf(numeral),
    regions: listOf(text),
  },
)

/**
 * What the live collector asked and how that ended, one line an account, region and call. Refused calls are gaps that name
 * account, regions, call, code and the permission that is missing.
 */
export const coverageManifest: Format = {
  kind: 'aws.coverage',
  recognises(document) {
    const [first] = linesOf(document)
    const [, line] = first ?? []
    return isObject(line) && Object.hasOwn(line, 'collected') && Object.hasOwn(line, 'account')
  },
  take(document) {
    let calls = 0
    const rows: JsonObject[] = []
    for (const [i, line] of linesOf(document)) {
      const mismatch = shape(line)
      if (mismatch !== undefined || !isObject(line)) {
        return {
          pointer: `/${i}${mismatch?.pointer ?? ''}`,
          says: 'this line of the coverage has another form',
          remedy: 'collect it again: gomeisa collect aws',
        }
      }
      rows.push(line)
      calls += countOf(line, 'answered') + countOf(line, 'absent')
      for (const count of Object.values(ownObject(line, 'refused') ?? {})) calls += Number(count)
    }
    const answered = new Set(
      rows
        .filter((row) => !Object.hasOwn(row, 'refused'))
        .map((row) => `answered:${nameIn(row)}:${accountIn(row)}`),
    )
    return {
      kind: 'aws.coverage',
      rowsAt: '',
      rows: rows.length,
      holds: counted(calls, ['call', 'calls']),
      ids: [],
      gaps: gapsIn(rows),
      mentions: [...answered],
    }
  },
}

interface Refused {
  readonly account: string
  readonly call: string
  readonly code: string
  readonly regions: Set<string>
}

function gapsIn(rows: readonly JsonObject[]): readonly Gap[] {
  const refused = new Map<string, Refused>()
  const gaps: Gap[] = []
  for (const row of rows) {
    const [account, call] = [accountIn(row), nameIn(row)]
    const chosen = ownList(row, 'regions').filter((region) => typeof region === 'string')
    if (chosen.length > 0) gaps.push(onlyRegions(account, chosen))
    for (const code of Object.keys(ownObject(row, 'refused') ?? {})) {
      const key = `${account} ${call} ${code}`
      const known = refused.get(key) ?? { account, call, code, regions: new Set() }
      known.regions.add(ownString(row, 'region') ?? '')
      refused.set(key, known)
    }
  }
  for (const one of refused.values()) gaps.push(...refusalOf(one))
  return gaps
}

function onlyRegions(account: string, regions: readonly string[]): Gap {
  const gap = awsGap('not-collected', 'regions', account)
  return { ...gap, consequence: `${gap.consequence}: only ${regions.join(', ')} were asked for` }
}

const DENIED = /AccessDenied|Unauthorized|NotAuthorized|AuthFailure|Forbidden|AuthorizationError/i

function refusalOf({ account, call, code, regions }: Refused): readonly Gap[] {
  const row = callNamed(call)
  const gap = awsGap('refused', row?.gap ?? coveredBy(call.slice(call.indexOf(':') + 1)), account)
  const actions = row?.actions ?? [call]
  const where = `account ${account} in ${[...regions].sort().join(', ')}`
  const remedy = DENIED.test(code)
    ? `allow ${actions.join(' and ')} to the role in account ${account} (deploy/aws/gomeisa-read-only.json), and no control policy against it; then collect again`
    : `collect again; AWS answered ${code}`
  const refused: Gap = {
    ...gap,
    consequence: `${gap.consequence}: ${call} failed with ${code} for ${where}`,
    remedy: call === 'sts:AssumeRole' ? gap.remedy : remedy,
  }
  // Control policies of both kinds come by the same calls.
  const isControl = gap.what === 'service-control-policies'
  return isControl ? [refused, { ...refused, what: 'resource-control-policies' }] : [refused]
}

function accountIn(row: JsonObject): string {
  return ownString(row, 'account') ?? ''
}

function nameIn(row: JsonObject): string {
  return ownString(row, 'call') ?? ''
}

function countOf(row: JsonObject, name: string): number {
  const count: Json | undefined = own(row, name)
  return typeof count === 'number' ? count : 0
}
