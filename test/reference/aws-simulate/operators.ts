/**
 * The condition operators on one value of the request and one value of the policy.
 * IAM User Guide: "Condition operators".
 */
import { arnLike, glob, literally, tokens, type Lookup } from './text.ts'

/** Whether the request's value matches the policy's. A negated operator is named by the one it negates. */
export type Compare = (request: string, policy: string, lookup: Lookup | undefined) => boolean

export interface Operator {
  readonly compare: Compare
  readonly negated: boolean
}

const equals: Compare = (r, p, lookup) => {
  const read = tokens(p, lookup)
  return read !== undefined && glob(literally(read), r)
}
const ignoringCase: Compare = (r, p, lookup) => {
  const read = tokens(p, lookup)
  if (read === undefined) return false
  return glob(
    literally(read).map((t) => ('char' in t ? { char: t.char.toLowerCase() } : t)),
    r.toLowerCase(),
  )
}
const like: Compare = (r, p, lookup) => {
  const read = tokens(p, lookup)
  return read !== undefined && glob(read, r)
}
const arn: Compare = (r, p, lookup) => {
  const read = tokens(p, lookup)
  return read !== undefined && arnLike(read, r)
}
const ordered =
  (read: (text: string) => number | undefined, holds: (order: number) => boolean): Compare =>
  (r, p) => {
    const [a, b] = [read(r), read(p)]
    return a !== undefined && b !== undefined && holds(a - b)
  }

const OPERATORS = new Map<string, Operator>()
function add(name: string, compare: Compare): void {
  OPERATORS.set(name.toLowerCase(), { compare, negated: false })
}
function addNegated(name: string, compare: Compare): void {
  OPERATORS.set(name.toLowerCase(), { compare, negated: true })
}
add('StringEquals', equals)
addNegated('StringNotEquals', equals)
add('StringEqualsIgnoreCase', ignoringCase)
addNegated('StringNotEqualsIgnoreCase', ignoringCase)
add('StringLike', like)
addNegated('StringNotLike', like)
for (const [kind, read] of [
  ['Numeric', number],
  ['Date', date],
] as const) {
  add(
    `${kind}Equals`,
    ordered(read, (d) => d === 0),
  )
  addNegated(
    `${kind}NotEquals`,
    ordered(read, (d) => d === 0),
  )
  add(
    `${kind}LessThan`,
    ordered(read, (d) => d < 0),
  )
  add(
    `${kind}LessThanEquals`,
    ordered(read, (d) => d <= 0),
  )
  add(
    `${kind}GreaterThan`,
    ordered(read, (d) => d > 0),
  )
  add(
    `${kind}GreaterThanEquals`,
    ordered(read, (d) => d >= 0),
  )
}
add('Bool', (r, p) => r.toLowerCase() === p.toLowerCase())
add('BinaryEquals', (r, p) => r === p)
add('IpAddress', inRange)
addNegated('NotIpAddress', inRange)
add('ArnEquals', arn)
add('ArnLike', arn)
addNegated('ArnNotEquals', arn)
addNegated('ArnNotLike', arn)

/** By name in lower case, without qualifier and `IfExists`. */
export function operator(name: string): Operator | undefined {
  return OPERATORS.get(name)
}

function number(text: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** Seconds since 1970, of "ISO 8601 date formats or epoch (UNIX) time". */
function date(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text)
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms / 1000
}

/** "If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32." */
function inRange(request: string, policy: string): boolean {
  const [network, length] = policy.split('/')
  const [a, b] = [bits(request), bits(network!)]
  if (a === undefined || b?.length !== a.length) return false
  return a.startsWith(b.slice(0, length === undefined ? b.length : Number(length)))
}

/** The address as 32 or 128 binary digits. */
function bits(address: string): string | undefined {
  if (address.includes(':')) {
    const [left, right] = address.split('::').map((half) => (half === '' ? [] : half.split(':')))
    const middle = right === undefined ? [] : Array<string>(8 - left!.length - right.length).fill('0')
    const groups = [...left!, ...middle, ...(right ?? [])]
    if (groups.length !== 8 || !groups.every((g) => /^[\da-f]{1,4}$/i.test(g))) return undefined
    return groups.map((g) => parseInt(g, 16).toString(2).padStart(16, '0')).join('')
  }
  const bytes = address.split('.')
  if (bytes.length !== 4 || !bytes.every((b) => /^\d{1,3}$/.test(b) && Number(b) < 256)) return undefined
  return bytes.map((b) => Number(b).toString(2).padStart(8, '0')).join('')
}
