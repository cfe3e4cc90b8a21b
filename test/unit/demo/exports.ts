import { demoEstate, type Week } from '../../../app/demo/index.ts'
import {
  type Asset,
  type CallAnswer,
  type Gaad,
  type GcpPolicyRow,
  type MemberList,
  type ResourcePolicy,
} from './shapes.ts'

const WEEKS = new Map<Week, Map<string, string>>()

/** The export tree of a week: path -> text. */
export function tree(week: Week): Map<string, string> {
  const known = WEEKS.get(week)
  if (known !== undefined) return known
  const files = new Map(
    demoEstate(week).map((file) => [
      file.path,
      typeof file.bytes === 'string' ? file.bytes : new TextDecoder().decode(file.bytes),
    ]),
  )
  WEEKS.set(week, files)
  return files
}

function textOf(week: Week, path: string): string {
  const text = tree(week).get(path)
  if (text === undefined) throw new RangeError(`no file ${path}`)
  return text
}

/** A JSON file of the export; the caller knows its shape. */
export function parsed(week: Week, path: string): unknown {
  return JSON.parse(textOf(week, path))
}

/** A JSON file that is a list, or whose field `field` is one. */
export function rows(week: Week, path: string, field?: string): unknown[] {
  const value = parsed(week, path)
  const list = field === undefined ? value : (value as Record<string, unknown>)[field]
  if (!Array.isArray(list)) throw new RangeError(`no list in ${path}`)
  return list as unknown[]
}

/** A JSON Lines file of the export. */
export function lines(week: Week, path: string): unknown[] {
  return textOf(week, path)
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

/** Paths of files whose name matches. */
export function paths(week: Week, pattern: RegExp): string[] {
  return [...tree(week).keys()].filter((path) => pattern.test(path))
}

/** Authorization details by account; the refused account has none. */
export function gaads(week: Week): Map<string, Gaad> {
  const readable = paths(week, /gaad\.json$/).filter((path) => textOf(week, path).startsWith('{'))
  return new Map(readable.map((path) => [String(path.split('/')[2]), parsed(week, path) as Gaad]))
}

export function resourcePolicies(week: Week): ResourcePolicy[] {
  return lines(week, 'aws/resource-policies.jsonl') as ResourcePolicy[]
}

export function assets(week: Week): Asset[] {
  return lines(week, 'gcp/asset-export-resource.jsonl') as Asset[]
}

export function gcpPolicies(week: Week): GcpPolicyRow[] {
  return rows(week, 'gcp/search-all-iam-policies.json') as GcpPolicyRow[]
}

/** Google group -> its members. */
export function googleMembers(week: Week): Map<string, MemberList> {
  const answers = lines(week, 'gcp/group-memberships.jsonl') as CallAnswer<{ memberships?: MemberList }>[]
  return new Map(answers.map((row) => [String(row.parameters['group']), row.response.memberships ?? []]))
}
