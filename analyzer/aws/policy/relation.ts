import type { Tokens } from '../evaluate/arn-pattern.ts'
import { covers, literal, RUN } from '../evaluate/arn-pattern.ts'
import type { ContextLookup } from './context.ts'
import { UNKNOWN } from './context.ts'
import type { Demand, Wanted } from './key-values.ts'
import { foldedTokens, textsOf } from './key-values.ts'
import type { Template } from './template.ts'
import { wildcards } from './template.ts'

/**
 * That a text equals, or is like, a template of which one variable is not known: what it says of the text when
 * something is known of the variable, and the other way round.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface Relation {
  /** The folded key of the variable. */
  readonly key: string
  readonly before: Tokens
  readonly after: Tokens
  /** What stands in for the variable when it has no value. */
  readonly otherwise: string | undefined
  /** The case of letters does not count. */
  readonly anyCase: boolean
}

const COMPARED = new Set(['stringequals', 'stringlike', 'stringequalsignorecase'])

/** `undefined`: several variables are not known, or the operator does not compare texts. */
export function relationOf(
  template: Template,
  context: ContextLookup,
  operator: string,
): Relation | undefined {
  if (!COMPARED.has(operator)) return undefined
  const before: number[] = []
  const after: number[] = []
  let open: { readonly key: string; readonly otherwise: string | undefined } | undefined
  for (const piece of template.pieces) {
    const side = open === undefined ? before : after
    if (piece.kind !== 'variable') {
      const isPattern = piece.kind === 'text' && operator === 'stringlike'
      side.push(...(isPattern ? wildcards(piece.text) : literal(piece.text)))
      continue
    }
    const value = context.value(piece.key)
    if (value === UNKNOWN) {
      if (open !== undefined) return undefined
      open = piece
      continue
    }
    const text = value?.length === 1 ? value[0] : piece.otherwise
    if (text === undefined) return undefined
    side.push(...literal(text))
  }
  return open && { ...open, before, after, anyCase: operator === 'stringequalsignorecase' }
}

/** Whether the text tells the variable: where nothing in the template can be several texts. */
function isExact({ before, after, anyCase }: Relation): boolean {
  return !anyCase && ![...before, ...after].some((token) => token < 0)
}

/**
 * What a text is to be that is in the relation, by what the variable is to be. `isAbsent`: the variable is known to have
 * no value. Leaves out what it cannot tell.
 */
export function ofText(
  relation: Relation,
  ofVariable: readonly Demand[],
  isAbsent: boolean,
): readonly Demand[] {
  const { otherwise } = relation
  const spare = otherwise === undefined ? [] : [filled(relation, literal(otherwise), false)]
  if (isAbsent) return [{ any: spare, not: false }]
  const made: Demand[] = [{ any: [filled(relation, [RUN], false), ...spare], not: false }]
  for (const { any, not } of ofVariable) {
    if (not && (otherwise !== undefined || !isExact(relation))) continue
    const moved = any.map((wanted) => through(relation, wanted))
    const known = moved.filter((wanted) => wanted !== undefined)
    if (not) made.push({ any: known, not })
    else if (known.length === moved.length) made.push({ any: [...known, ...spare], not })
  }
  return made
}

/** What a text cannot be that is not in the relation, where the variable is known to be one text. */
export function notOfText(relation: Relation, ofVariable: readonly Demand[]): readonly Demand[] {
  for (const { any, not } of ofVariable) {
    const [only] = any
    if (not || only === undefined || any.length > 1) continue
    const exact = textsOf(only)?.exact
    if (exact === undefined || exact.some((token) => token < 0)) continue
    return [{ any: [filled(relation, exact, false)], not: true }]
  }
  return []
}

/** What the variable is to be, by what a text is to be that is in the relation. Leaves out what it cannot tell. */
export function ofVariable(relation: Relation, text: readonly Demand[]): readonly Demand[] {
  if (relation.otherwise !== undefined || !isExact(relation)) return []
  const made: Demand[] = []
  for (const { any, not } of text) {
    if (not) continue
    const inner = any.map((wanted) => without(relation, wanted))
    if (inner.includes(undefined)) continue
    made.push({ any: inner.flatMap((wanted) => wanted ?? []), not })
  }
  return made
}

/** The texts that a wanted value of the variable makes; `undefined`: the operator has no pattern. */
function through(relation: Relation, wanted: Wanted): Wanted | undefined {
  const texts = textsOf(wanted)
  return texts && filled(relation, texts.exact ?? texts.folded, texts.exact === undefined)
}

function filled({ before, after, anyCase }: Relation, middle: Tokens, middleInAnyCase: boolean): Wanted {
  return patternWanted([...before, ...middle, ...after], anyCase || middleInAnyCase)
}

/** The wanted value of a text as those of the variable: at most one. `undefined`: that cannot be told. */
function without({ before, after }: Relation, wanted: Wanted): readonly Wanted[] | undefined {
  const exact = textsOf(wanted)?.exact
  if (exact === undefined) return undefined
  if (before.length + after.length === 0) return [wanted]
  if (exact.some((token) => token < 0)) return undefined
  const end = exact.length - after.length
  const fits =
    end >= before.length &&
    before.every((token, i) => exact[i] === token) &&
    after.every((token, i) => exact[end + i] === token)
  return fits ? [patternWanted(exact.slice(before.length, end), false)] : []
}

function patternWanted(pattern: Tokens, anyCase: boolean): Wanted {
  const tokens = anyCase ? foldedTokens(pattern) : pattern
  const text = pattern.map((token) => (token < 0 ? '' : String.fromCharCode(token))).join('')
  const test = (value: string) => covers(tokens, literal(anyCase ? value.toLowerCase() : value))
  if (!anyCase) return { operator: 'stringlike', text, test, tokens }
  const isText = tokens.every((token) => token >= 0)
  return { operator: isText ? 'stringequalsignorecase' : 'stringlike', text, test, tokens, anyCase }
}
