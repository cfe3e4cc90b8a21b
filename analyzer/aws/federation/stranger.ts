import { isPossible } from '../policy/decide-formula.ts'
import type { ContextLookup, ContextValue } from '../policy/context.ts'
import { UNKNOWN } from '../policy/context.ts'
import type { Formula } from '../policy/formula.ts'
import { atomsOf } from '../policy/formula.ts'
import { inWords, simplified } from '../policy/residual.ts'
import { wildcards } from '../policy/template.ts'
import type { Tokens } from '../evaluate/arn-pattern.ts'
import { literal } from '../evaluate/arn-pattern.ts'
import type { Claim, SharedIssuer } from './issuers.ts'
import { claimKey } from './issuers.ts'
import { lets, type TrustDocument } from './trust-policy.ts'
import { witness } from './witness.ts'

/** A token by folded condition key; absent claims are `undefined`. */
export type Token = ReadonlyMap<string, readonly string[] | undefined>

/** A token that lets its holder in. */
export interface LetIn {
  readonly token: Token
  /** What must hold besides, in words; empty: nothing that the holder does not choose. */
  readonly conditions: readonly string[]
  /** Facts that are missing, in words. */
  readonly missing: readonly string[]
}

/** So many tokens are tried of one issuer and statement. */
const MOST_TOKENS = 4096
/** So many patterns of one claim are looked at. */
const MOST_PATTERNS = 24
/** So many values of one claim. */
const MOST_VALUES = 512

/** What the caller of the operation says itself. */
const CHOSEN = /^(sts:(rolesessionname|durationseconds)|aws:(requesttag\/.*|tagkeys|useragent|referer))$/

/** What is so in every call with a token: there is no signature, and STS answers to TLS only. */
const FIXED: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['aws:securetransport', ['true']],
  ['aws:principalisawsservice', ['false']],
])

/** The context of a call with a token; what no token tells is unknown. */
export function tokenContext(provider: string, token: Token): ContextLookup {
  return {
    value(key): ContextValue {
      if (token.has(key)) return token.get(key)
      if (key === 'aws:federatedprovider') return [provider]
      return FIXED.has(key) ? FIXED.get(key) : UNKNOWN
    },
  }
}

export interface Question {
  readonly provider: string
  readonly action: string
  readonly role: string
  readonly trust: TrustDocument
  readonly controls: readonly TrustDocument[]
  /** The statement that is to allow; absent: any. */
  readonly only?: number
}

/** Whether a token lets its holder in. */
export function letsIn(question: Question, token: Token): LetIn | undefined {
  const { provider, action, role, trust, controls, only } = question
  const context = tokenContext(provider, token)
  const holds: Formula = lets({ provider, action, role, context }, trust, controls, only)
  if (holds === false || !isPossible(holds)) return undefined
  const atoms = [...atomsOf(holds).values()]
  const missing = atoms.filter(({ open }) => open === 'fact').map(({ subject }) => subject)
  const isChosen = atoms.every(({ open, key }) => open === 'context' && CHOSEN.test(key))
  const conditions = holds === true || isChosen ? [] : [inWords(simplified(holds))]
  return { token, conditions: missing.length > 0 ? [] : conditions, missing }
}

/** The token of a stranger that a trust policy lets in, the one with the fewest conditions; `undefined`: it knows none. */
export function strangerLetIn(
  question: Question,
  { issuer, claims }: Pick<SharedIssuer, 'issuer' | 'claims'>,
): LetIn | undefined {
  const asked = comparisons(question)
  const keys = claims.map((claim) => {
    const key = claimKey(issuer, claim.name)
    return [key, valuesOf(claim, asked.get(key) ?? [])] as const
  })
  let best: LetIn | undefined
  let tried = 0
  for (const token of combinations(keys.filter(([key]) => asked.has(key)))) {
    if (++tried > MOST_TOKENS) break
    const found = letsIn(question, token)
    if (found !== undefined && (best === undefined || weight(found) < weight(best))) best = found
    if (best !== undefined && weight(best) === 0) break
  }
  return best
}

function weight({ conditions, missing }: LetIn): number {
  return conditions.length + 2 * missing.length
}

/** What the policies compare a key with. */
interface Compared {
  readonly text: string
  readonly wild: boolean
  /** Values of one clause are alternatives; those of two must be met together. */
  readonly clause: number
}

function comparisons({ trust, controls }: Question): ReadonlyMap<string, readonly Compared[]> {
  const found = new Map<string, Compared[]>()
  let number = 0
  for (const { document } of [trust, ...controls]) {
    for (const { clauses } of document.statements) {
      for (const clause of clauses) {
        if (clause.kind === 'unreadable') continue
        const list = found.get(clause.key) ?? []
        found.set(clause.key, list)
        if (clause.kind === 'null') continue
        const wild = clause.operator.name === 'stringlike'
        number++
        for (const { text } of clause.values) list.push({ text, wild, clause: number })
      }
    }
  }
  return found
}

/** The values of a claim that are worth trying: any one that the policies can tell apart and a stranger can get. */
function valuesOf(
  { example, forms, optional, sets }: Claim,
  compared: readonly Compared[],
): readonly (readonly string[] | undefined)[] {
  if (sets !== undefined) return sets
  const texts = new Set<string>([example ?? 'stranger', ...anyOf(forms ?? NONE)])
  if (forms === undefined && example === undefined) {
    for (const { text } of compared) texts.add(text.replaceAll('*', 'any').replaceAll('?', 'a'))
  }
  for (const form of forms ?? []) {
    for (const together of singlesAndPairs(compared)) {
      const found = witness(form, together.map(tokensOf))
      if (found !== undefined) texts.add(found)
    }
  }
  const values = [...texts].slice(0, MOST_VALUES).map((text): readonly string[] => [text])
  return optional === true ? [undefined, ...values] : values
}

const NONE: readonly string[] = []
const ANY = new WeakMap<readonly string[], readonly string[]>()

/** A value of each form, whatever the policies say. */
function anyOf(forms: readonly string[]): readonly string[] {
  const known = ANY.get(forms)
  if (known !== undefined) return known
  const made = forms.flatMap((form) => witness(form, []) ?? [])
  ANY.set(forms, made)
  return made
}

/** Each value alone, and any two of different clauses. */
function singlesAndPairs(compared: readonly Compared[]): readonly (readonly Compared[])[] {
  const few = compared.slice(0, MOST_PATTERNS)
  const pairs = few.flatMap((one, i) =>
    few.slice(i + 1).flatMap((other) => (other.clause === one.clause ? [] : [[one, other]])),
  )
  return [...few.map((one) => [one]), ...pairs]
}

function tokensOf({ text, wild }: Compared): Tokens {
  return wild ? wildcards(text) : literal(text)
}

type Choice = readonly [key: string, values: readonly (readonly string[] | undefined)[]]

function* combinations(choices: readonly Choice[]): Generator<Token> {
  const [first, ...rest] = choices
  if (first === undefined) {
    yield new Map()
    return
  }
  const [key, values] = first
  for (const others of combinations(rest))
    for (const value of values) yield new Map([[key, value], ...others])
}

/** A token in words: `sub repo:stranger/x, aud sts.amazonaws.com`. */
export function tokenInWords(issuer: string, token: Token): string {
  const told = [...token].flatMap(([key, value]) =>
    value === undefined
      ? []
      : [`${key.startsWith(`${issuer}:`) ? key.slice(issuer.length + 1) : key} ${value.join(' and ')}`],
  )
  return told.length === 0 ? 'whatever it says' : told.join(', ')
}
