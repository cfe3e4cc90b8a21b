/**
 * Conditions, slow and obvious: the text is cut at its outermost AND and OR again and again. Written from "Azure role
 * assignment condition format and syntax" (conditions-format); shares no code with the analyzer.
 */

/** True, false, left open because something was not told, or unclear because nothing documents it. */
export type Truth = 'true' | 'false' | 'open' | 'unclear'

/** Whether a condition holds, and whether its negation holds: an absent attribute fails the first only. */
export interface Sides {
  readonly holds: Truth
  readonly isNot: Truth
}

export interface World {
  readonly action: string
  /** undefined: not told. */
  readonly subOperation: string | null | undefined
  /** `@Resource[name]` → values; undefined: not told; empty: absent. */
  readonly value: (source: string, name: string) => readonly unknown[] | undefined
  /** A comparison with an absent attribute fails; else it is unclear. */
  readonly absentFails: boolean
}

export function all(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false'
  return truths.includes('unclear') ? 'unclear' : truths.includes('open') ? 'open' : 'true'
}

export function any(truths: readonly Truth[]): Truth {
  if (truths.includes('true')) return 'true'
  return truths.includes('unclear') ? 'unclear' : truths.includes('open') ? 'open' : 'false'
}

const both = (value: boolean): Sides => ({ holds: value ? 'true' : 'false', isNot: value ? 'false' : 'true' })
const OPEN: Sides = { holds: 'open', isNot: 'open' }
const UNCLEAR: Sides = { holds: 'unclear', isNot: 'unclear' }

/** A text that cannot be read is unclear as a whole, whatever its parts say. */
export function conditionTruth(text: string, world: World): Truth {
  try {
    return truthOf(text, world).holds
  } catch (error) {
    if (error instanceof Garbled) return 'unclear'
    throw error
  }
}

class Garbled extends Error {}

function truthOf(text: string, world: World): Sides {
  let t = text.trim()
  while (t.startsWith('(') && closing(t, 0) === t.length - 1) t = t.slice(1, -1).trim()
  const ors = cut(t, 'OR', '||')
  const ands = cut(t, 'AND', '&&')
  if (ors.length > 1 && ands.length > 1) throw new Garbled('the order of AND and OR is ambiguous')
  if (ors.length > 1 || ands.length > 1) {
    const isOr = ors.length > 1
    const parts = (isOr ? ors : ands).map((part) => truthOf(part, world))
    return {
      holds: (isOr ? any : all)(parts.map(({ holds }) => holds)),
      isNot: (isOr ? all : any)(parts.map(({ isNot }) => isNot)),
    }
  }
  const not = /^(?:!|NOT(?![\w:]))(.*)$/is.exec(t)
  if (not !== null) {
    const { holds, isNot } = truthOf(not[1] ?? '', world)
    return { holds: isNot, isNot: holds }
  }
  return statement(t, world)
}

const OPERAND = String.raw`@\w+\[[^\]]*\]|\{[^}]*\}|'[^']*'|[\w.:+-]+`
const COMPARISON = new RegExp(`^(${OPERAND})\\s*([A-Za-z:]+)\\s*(${OPERAND})$`, 's')

function statement(t: string, world: World): Sides {
  const matched = /^(Action|SubOperation)Matches\s*\{(.*)\}$/is.exec(t)
  if (matched !== null) {
    const is = matched[1]?.toLowerCase() === 'action' ? world.action : world.subOperation
    if (is === undefined) return OPEN
    const patterns = [...(matched[2] ?? '').matchAll(/'([^']*)'/g)].map((m) => m[1] ?? '')
    return both(is !== null && patterns.some((pattern) => starMatch(pattern, is)))
  }
  const exists = /^Exists\s+@(\w+)\[([^\]]*)\]$/i.exec(t)
  if (exists !== null) {
    const values = world.value(exists[1] ?? '', exists[2] ?? '')
    return values === undefined ? OPEN : both(values.length > 0)
  }
  const compare = COMPARISON.exec(t)
  if (compare === null) throw new Garbled(t)
  return comparison(compare[2] ?? '', side(compare[1] ?? '', world), side(compare[3] ?? '', world), world)
}

/** The values of one side, as JavaScript values; numbers and GUIDs that stand without quotes are texts in a box. */
function side(t: string, world: World): readonly unknown[] | undefined {
  const attribute = /^@(\w+)\[([^\]]*)\]$/.exec(t)
  if (attribute !== null) return world.value(attribute[1] ?? '', attribute[2] ?? '')
  return [...t.replace(/^\{|\}$/g, '').matchAll(/'([^']*)'|([\w.:+-]+)/g)].map((m) => m[1] ?? { bare: m[2] })
}

function comparison(
  operator: string,
  left: readonly unknown[] | undefined,
  right: readonly unknown[] | undefined,
  world: World,
): Sides {
  const named = /^(?:For(Any|All)Of(Any|All)Values:)?(String|Numeric|DateTime|Bool|Guid)(.+)$/i.exec(operator)
  const test = named === null ? undefined : tester(named[3] ?? '', named[4] ?? '')
  if (named === null || test === undefined) return UNCLEAR
  const isPlain = named[1] === undefined
  if (left?.length === 0 || right?.length === 0) {
    const every = /^all$/i.test(named[1] ?? '') || /^all$/i.test(named[2] ?? '')
    if (every || !world.absentFails) return UNCLEAR
    if (!test.negation) return { holds: 'false', isNot: 'unclear' }
    return isPlain ? { holds: 'unclear', isNot: 'false' } : UNCLEAR
  }
  if (left === undefined || right === undefined) return OPEN
  if (isPlain && (left.length > 1 || right.length > 1)) return UNCLEAR
  const ls = left.map(test.read)
  const rs = right.map(test.read)
  if (ls.includes(undefined) || rs.includes(undefined)) return UNCLEAR
  let holds = !/^any$/i.test(named[1] ?? 'any')
  for (const l of ls) {
    let one = !/^any$/i.test(named[2] ?? 'any')
    for (const r of rs) {
      const pair = test.test(l as Comparable, r as Comparable) !== test.negation
      one = /^any$/i.test(named[2] ?? 'any') ? one || pair : one && pair
    }
    holds = /^any$/i.test(named[1] ?? 'any') ? holds || one : holds && one
  }
  return both(holds)
}

type Comparable = string | number

interface Tester {
  readonly read: (value: unknown) => Comparable | undefined
  readonly negation: boolean
  readonly test: (left: Comparable, right: Comparable) => boolean
}

function tester(family: string, rest: string): Tester | undefined {
  const name = rest.toLowerCase()
  const negation = name.startsWith('not')
  const plain = name.replace(/^not/, '')
  const equals = (l: Comparable, r: Comparable): boolean => l === r
  switch (family.toLowerCase()) {
    case 'bool':
      return plain === 'equals' ? { read: readBool, negation, test: equals } : undefined
    case 'guid':
      return plain === 'equals' ? { read: readGuid, negation, test: equals } : undefined
    case 'string': {
      const fold = plain.endsWith('ignorecase')
      const test = STRING[plain.replace(/ignorecase$/, '')]
      if (test === undefined) return undefined
      const f = (v: Comparable): string => (fold ? String(v).toLowerCase() : String(v))
      return { read: readText, negation, test: (l, r) => test(f(l), f(r)) }
    }
    default: {
      const test = ORDER[plain]
      if (test === undefined || (negation && plain !== 'equals')) return undefined
      return { read: family.toLowerCase() === 'numeric' ? readNumber : readTime, negation, test }
    }
  }
}

const STRING: Record<string, (l: string, r: string) => boolean> = {
  equals: (l, r) => l === r,
  startswith: (l, r) => l.slice(0, r.length) === r,
  like: likeMatch,
}

const ORDER: Record<string, (l: Comparable, r: Comparable) => boolean> = {
  equals: (l, r) => l === r,
  lessthan: (l, r) => l < r,
  lessthanequals: (l, r) => l < r || l === r,
  greaterthan: (l, r) => l > r,
  greaterthanequals: (l, r) => l > r || l === r,
}

const bare = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { bare: string }).bare : value
const readText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const readNumber = (value: unknown): number | undefined => {
  const text = String(bare(value))
  return /^-?\d+$/.test(text) ? Number(text) : undefined
}
const readBool = (value: unknown): string | undefined => {
  const text = String(bare(value)).toLowerCase()
  return text === 'true' || text === 'false' ? text : undefined
}
const readGuid = (value: unknown): string | undefined => {
  const text = String(bare(value)).toLowerCase().replaceAll('-', '')
  return /^[0-9a-f]{32}$/.test(text) ? text : undefined
}
/** Times in UTC, their fraction filled up: texts of one length, which order as the times do. */
const readTime = (value: unknown): string | undefined => {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/.exec(String(bare(value)))
  if (match === null || Number.isNaN(Date.parse(`${match[1] ?? ''}Z`))) return undefined
  return `${match[1] ?? ''}.${(match[2] ?? '').padEnd(7, '0')}`
}

function likeMatch(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\[*?]|[*?]|[^*?\\]|\\/gs, (part) =>
    part === '*'
      ? '.*'
      : part === '?'
        ? '.'
        : part.replace(/^\\([*?])$/, '$1').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  )
  return new RegExp(`^${source}$`, 'su').test(text)
}

/** Action patterns: `*` anywhere, letter case does not matter. */
export function starMatch(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(text)
}

/** Where the parenthesis or brace at `from` is closed. */
function closing(t: string, from: number): number {
  let depth = 0
  for (let i = from; i < t.length; i++) {
    if (t[i] === "'") i = t.indexOf("'", i + 1)
    else if (t[i] === '[') i = t.indexOf(']', i)
    else if (t[i] === '(') depth++
    else if (t[i] === ')' && --depth === 0) return i
    if (i < 0) return -1
  }
  return -1
}

/** The parts between the outermost occurrences of a joining word. */
function cut(t: string, word: string, mark: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < t.length; i++) {
    if (t[i] === "'") {
      i = t.indexOf("'", i + 1)
      if (i < 0) break
    } else if (t[i] === '[') i = t.indexOf(']', i)
    else if (t[i] === '(' || t[i] === '{') depth++
    else if (t[i] === ')' || t[i] === '}') depth--
    else if (depth === 0) {
      const here = t.slice(i)
      const isWord =
        here.slice(0, word.length).toUpperCase() === word &&
        !/[\w:]/.test(t[i - 1] ?? ' ') &&
        !/[\w:]/.test(here[word.length] ?? ' ')
      const length = isWord ? word.length : here.startsWith(mark) ? mark.length : 0
      if (length === 0) continue
      parts.push(t.slice(from, i))
      from = i + length
      i = from - 1
    }
  }
  parts.push(t.slice(from))
  return parts
}
