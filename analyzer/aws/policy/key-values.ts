import type { Tokens } from '../evaluate/arn-pattern.ts'
import { covers, literal, overlap, RUN } from '../evaluate/arn-pattern.ts'
import { haveNoText, type TextDemand, type TextPattern } from './common-text.ts'
import { ipRange } from './ip-range.ts'
import type { Test } from './operators.ts'
import { instantOf, numberOf } from './value-formats.ts'

/** A value of a policy that a context key is compared with. */
export interface Wanted {
  /** Folded base operator. */
  readonly operator: string
  readonly text: string
  readonly test: Test
  /** Of `StringLike`: its pattern. */
  readonly tokens?: Tokens
  /** The case of letters does not count, and the pattern is folded. */
  readonly anyCase?: boolean
}

/** What one value of a key is to be: matching one of `any`, or (`not`) none of them. */
export interface Demand {
  readonly any: readonly Wanted[]
  readonly not: boolean
}

/**
 * Whether no single value can meet all demands. Says so only where it is certain: where values that the demands can tell
 * apart are few, all of them are tried; of patterns it knows those that have nothing in common, and one that is covered.
 */
export function isImpossible(demands: readonly Demand[]): boolean {
  const wanted = demands.flatMap(({ any }) => any)
  const fixed = demands.find(({ any, not }) => !not && any.every(isFinite))
  const few = fixed === undefined ? triedOut(wanted) : fixed.any.flatMap((one) => spellings(one, wanted))
  if (few !== undefined) return !few.some((value) => demands.every((demand) => meets(value, demand)))
  return contradict(demands) || haveNoCommonText(demands)
}

/** Three patterns may exclude each other where no two of them do; as may two, one of them denied. */
function haveNoCommonText(demands: readonly Demand[]): boolean {
  if (demands.length < 2 || demands.every(({ not }) => not)) return false
  const made: TextDemand[] = []
  for (const { any, not } of demands) {
    const patterns = any.map(patternOf)
    const known = patterns.filter((pattern) => pattern !== undefined)
    if (known.length < patterns.length) return false
    made.push({ any: known, not })
  }
  return haveNoText(made)
}

function patternOf(wanted: Wanted): TextPattern | undefined {
  const texts = textsOf(wanted)
  return texts && { tokens: texts.exact ?? texts.folded, anyCase: texts.exact === undefined }
}

function meets(value: string, { any, not }: Demand): boolean {
  let open = false
  for (const { test } of any) {
    const found = test(value)
    if (found === true) return !not
    open ||= found === undefined
  }
  return open || not
}

const EQUALITIES = new Set([
  'stringequals',
  'stringequalsignorecase',
  'binaryequals',
  'bool',
  'numericequals',
  'dateequals',
])
/** Texts of more letters have too many spellings to try. */
const MOST_LETTERS = 5

function isFinite({ operator, text, tokens }: Wanted): boolean {
  if (operator === 'stringequalsignorecase') return letters(text) <= MOST_LETTERS
  return (
    EQUALITIES.has(operator) || (operator === 'stringlike' && tokens?.every((token) => token >= 0) === true)
  )
}

function letters(text: string): number {
  return Array.from(text).filter((c) => c.toLowerCase() !== c.toUpperCase()).length
}

/** Every value that the equality accepts, as far as others tell them apart. */
function spellings({ operator, text }: Wanted, others: readonly Wanted[]): readonly string[] {
  if (operator !== 'stringequalsignorecase') return [text]
  let made = ['']
  for (const c of text) {
    const either = c.toLowerCase() === c.toUpperCase() ? [c] : [c.toLowerCase(), c.toUpperCase()]
    made = made.flatMap((start) => either.map((one) => start + one))
  }
  return [...made, ...others.map((other) => other.text)]
}

/** Values for every way in which the operators, all of one ordered or closed kind, can see a value; else `undefined`. */
function triedOut(wanted: readonly Wanted[]): readonly string[] | undefined {
  const every = (test: (operator: string) => boolean) => wanted.every(({ operator }) => test(operator))
  const texts = wanted.map(({ text }) => text)
  if (wanted.length === 0) return undefined
  if (every((operator) => operator === 'bool')) return ['true', 'false']
  if (every((operator) => operator.startsWith('numeric'))) return between(texts, numberOf).map(String)
  if (every((operator) => operator.startsWith('date'))) {
    return between(texts, instantOf).map((ms) => new Date(ms).toISOString())
  }
  return every((operator) => operator === 'ipaddress') ? texts.flatMap(edges) : undefined
}

/** The numbers, numbers between neighbours, and one below and above all. */
function between(texts: readonly string[], read: (text: string) => number | undefined): readonly number[] {
  const sorted = texts
    .map(read)
    .filter((n) => n !== undefined)
    .sort((a, b) => a - b)
  const [lowest = 0] = sorted
  return [lowest - 1, ...sorted.flatMap((n, i) => [n, (n + (sorted[i + 1] ?? n + 2)) / 2])]
}

/** The first address of a range, and the first behind it; one of each family that is in no usual range. */
function edges(text: string): readonly string[] {
  const range = ipRange(text)
  if (range === undefined) return []
  const bits = range.address.map((part) => part.toString(2).padStart(16, '0')).join('')
  const network = bits.slice(0, range.bits)
  const first = BigInt(`0b${network.padEnd(bits.length, '0')}`)
  const behind = BigInt(`0b0${network.padEnd(bits.length, '1')}`) + 1n
  const families = ['0.0.0.0', '::']
  return [addressOf(first, bits.length), addressOf(behind, bits.length), ...families]
}

function addressOf(value: bigint, bits: number): string {
  const digits = BigInt.asUintN(bits, value).toString(2).padStart(bits, '0')
  const size = bits === 32 ? 8 : 16
  const parts = Array.from({ length: bits / size }, (_, i) =>
    Number.parseInt(digits.slice(i * size, (i + 1) * size), 2),
  )
  return bits === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':')
}

/** The texts that a value accepts: `exact`, where they are a pattern, and without regard to case. */
export interface Texts {
  readonly exact: Tokens | undefined
  readonly folded: Tokens
}

/** Two demands for patterns without common text; a pattern all of whose texts are excluded; a text that is. */
function contradict(demands: readonly Demand[]): boolean {
  const positive = demands.filter(({ not }) => !not).map(({ any }) => any.map(textsOf))
  const excluded = demands
    .filter(({ not }) => not)
    .flatMap(({ any }) => any.map((one) => textsOf(one)?.exact))
  const isExcluded = (exact: Tokens) => excluded.some((out) => out !== undefined && covers(out, exact))
  if (isExcluded([RUN])) return true
  const left = positive.map((alternatives) =>
    alternatives.filter((texts) => texts?.exact === undefined || !isExcluded(texts.exact)),
  )
  return left.some((alternatives, i) =>
    alternatives.every((texts) =>
      left.some((others, j) => i !== j && others.every((other) => areApart(texts, other))),
    ),
  )
}

function areApart(a: Texts | undefined, b: Texts | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (a.exact !== undefined && b.exact !== undefined) return !overlap(a.exact, b.exact)
  return !overlap(a.folded, b.folded)
}

/** `undefined`: the operator does not compare texts. */
export function textsOf({ operator, text, tokens, anyCase }: Wanted): Texts | undefined {
  if (anyCase === true) return tokens && { exact: undefined, folded: tokens }
  if (operator === 'stringequalsignorecase') return { exact: undefined, folded: literal(text.toLowerCase()) }
  const exact = operator === 'stringequals' ? literal(text) : tokens
  return exact && { exact, folded: foldedTokens(exact) }
}

export function foldedTokens(tokens: Tokens): Tokens {
  return tokens.map((t) => (t < 0 ? t : String.fromCharCode(t).toLowerCase().charCodeAt(0)))
}
