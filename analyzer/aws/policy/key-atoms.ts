import type { Tokens } from '../evaluate/arn-pattern.ts'
import { ONE, ONE_IN_SEGMENT, RUN, RUN_IN_SEGMENT } from '../evaluate/arn-pattern.ts'
import type { ContextLookup } from './context.ts'
import { UNKNOWN } from './context.ts'
import type { Atom, AtomKind, Formula } from './formula.ts'
import { and, or } from './formula.ts'
import type { Wanted } from './key-values.ts'
import type { Operator } from './operators.ts'
import { STRING_EQUALS, STRING_EQUALS_FOLDED, written } from './operators.ts'
import type { Relation } from './relation.ts'
import type { Filled, Template } from './template.ts'
import { freeTokens, textOf } from './template.ts'

/** A context key, folded, and as somebody spelled it. */
export interface KeyName {
  readonly key: string
  readonly spelledKey: string
}

/** That the key is absent. */
export function absence({ key, spelledKey }: KeyName): Atom {
  return {
    op: 'atom',
    id: `absent|${key}`,
    open: 'context',
    kind: 'absent',
    key,
    operator: '',
    subject: spelledKey,
    verb: 'is',
    negatedVerb: 'is not',
    object: 'absent',
  }
}

export interface ComparisonWords {
  /** Tells apart comparisons of one key, kind and operator. */
  readonly id: string
  readonly subject: string
  readonly object: string
}

/**
 * That the values of a key compare as `kind` says. `wanted`: with what; a relation: with a variable that is not known;
 * `undefined`: with what is not known.
 */
export function comparisonAtom(
  operator: Operator,
  { key }: KeyName,
  kind: AtomKind,
  { id, subject, object }: ComparisonWords,
  wanted: readonly Wanted[] | Relation | undefined,
): Atom {
  const { name, verb, negatedVerb } = operator
  return {
    op: 'atom',
    id: `${kind}|${name}|${key}|${id}`,
    open: 'context',
    kind,
    key,
    // Only of known values is it known that they differ.
    operator: isList(wanted) ? name : '',
    subject,
    verb,
    negatedVerb,
    object: object === '' ? 'empty' : object,
    ...(wanted === undefined ? {} : isList(wanted) ? { wanted } : { relation: wanted }),
  }
}

const isList = (wanted: readonly Wanted[] | Relation | undefined): wanted is readonly Wanted[] =>
  Array.isArray(wanted)

/** That the key, if it is present, has that value. */
export function isEqual(name: KeyName, value: string, equals: Operator = STRING_EQUALS): Atom {
  const words = { id: value, subject: name.spelledKey, object: value }
  return comparisonAtom(equals, name, 'is', words, [wantedOf(equals, written(value))])
}

/** A value of a policy as it is compared, its variables filled in. */
export function wantedOf(operator: Operator, filled: Filled): Wanted {
  const { name } = operator
  const found = { operator: name, text: textOf(filled), test: operator.prepare(filled) }
  if (name === 'stringlike') return { ...found, tokens: freeTokens(filled) }
  const tokens = name === 'arnlike' ? arnTokens(freeTokens(filled)) : undefined
  return tokens === undefined ? found : { ...found, tokens }
}

const COLON = 58

/** Wildcards of the first five parts of an ARN pass no colon; `undefined`: fewer than six parts. */
function arnTokens(tokens: Tokens): Tokens | undefined {
  let colons = 0
  const made = tokens.map((token) => {
    if (token === COLON) colons++
    if (colons >= 5) return token
    return token === RUN ? RUN_IN_SEGMENT : token === ONE ? ONE_IN_SEGMENT : token
  })
  return colons < 5 ? undefined : made
}

/**
 * That a text equals a template of which one variable is not known: that the variable is what the text has in its place.
 * `undefined`: that cannot be said so. `wildcards`: those of the template's own text are wildcards;
 * `anyCase`: the case of letters does not count.
 */
export function equalsTemplate(
  template: Template,
  context: ContextLookup,
  text: string,
  { wildcards, anyCase }: { readonly wildcards: boolean; readonly anyCase: boolean },
): Formula | undefined {
  const folded = (part: string) => (anyCase ? part.toLowerCase() : part)
  let before = ''
  let after = ''
  let unknown: { readonly key: string; readonly otherwise: string | undefined } | undefined
  for (const piece of template.pieces) {
    if (piece.kind === 'text' && wildcards && /[*?]/.test(piece.text)) return undefined
    const value = piece.kind === 'variable' ? context.value(piece.key) : [piece.text]
    if (value === UNKNOWN && piece.kind === 'variable') {
      if (unknown !== undefined) return undefined
      unknown = piece
      continue
    }
    const known = value !== UNKNOWN && value?.length === 1 ? value[0] : undefined
    const filled = known ?? (piece.kind === 'variable' ? piece.otherwise : undefined)
    if (filled === undefined) return false
    if (unknown === undefined) before += filled
    else after += filled
  }
  if (unknown === undefined) return undefined
  if (text.length < before.length + after.length) return false
  if (!folded(text).startsWith(folded(before)) || !folded(text).endsWith(folded(after))) return false
  const value = text.slice(before.length, text.length - after.length)
  const name = { key: unknown.key, spelledKey: unknown.key }
  const is = isEqual(name, value, anyCase ? STRING_EQUALS_FOLDED : STRING_EQUALS)
  return or(
    is,
    and(absence(name), unknown.otherwise !== undefined && folded(unknown.otherwise) === folded(value)),
  )
}
