import type { Tokens } from '../evaluate/arn-pattern.ts'
import { literal, tokensOf } from '../evaluate/arn-pattern.ts'
import type { ContextLookup } from './context.ts'
import { UNKNOWN } from './context.ts'

/** A text with policy variables, taken apart. */
export interface Template {
  readonly text: string
  readonly pieces: readonly Piece[]
}

/** What stands in the document; a character that only looks like a wildcard; a variable (folded key) with its default. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly key: string; readonly otherwise: string | undefined }

/** A template with its variables replaced: what was written, and what came from the request and so has no wildcards. */
export type Filled = readonly { readonly text: string; readonly written: boolean }[]

const VARIABLE = /\$\{([^},]*)(?:,\s*'([^']*)')?\s*\}/g

/**
 * A text as a template; `undefined` when there is no variable in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function templateOf(text: string): Template | undefined {
  if (!text.includes('${')) return undefined
  const pieces: Piece[] = []
  let last = 0
  for (const found of text.matchAll(VARIABLE)) {
    if (found.index > last) pieces.push({ kind: 'text', text: text.slice(last, found.index) })
    last = found.index + found[0].length
    const name = (found[1] ?? '').trim()
    if (name === '*' || name === '?' || name === '$') pieces.push({ kind: 'literal', text: name })
    else pieces.push({ kind: 'variable', key: name.toLowerCase(), otherwise: found[2] })
  }
  if (last === 0) return undefined
  if (last < text.length) pieces.push({ kind: 'text', text: text.slice(last) })
  return { text, pieces }
}

/**
 * The template with values; `absent` when a variable has none and no default, because a null value equals nothing;
 * `unknown` when one is not known. A key with several values cannot be a variable.
 */
export function fill(template: Template, context: ContextLookup): Filled | 'absent' | 'unknown' {
  const filled: { text: string; written: boolean }[] = []
  let open = false
  for (const piece of template.pieces) {
    if (piece.kind !== 'variable') {
      filled.push({ text: piece.text, written: piece.kind === 'text' })
      continue
    }
    const value = context.value(piece.key)
    if (value === UNKNOWN) open = true
    else {
      const text = value?.length === 1 ? value[0] : piece.otherwise
      if (text === undefined) return 'absent'
      filled.push({ text, written: false })
    }
  }
  return open ? 'unknown' : filled
}

export function textOf(filled: Filled): string {
  let joined = ''
  for (const { text } of filled) joined += text
  return joined
}

/** Tokens of a filled template where any wildcard matches any character. */
export function freeTokens(filled: Filled): Tokens {
  return filled.flatMap(({ text, written }) => (written ? wildcards(text) : literal(text)))
}

/** Tokens of a plain text where any wildcard matches any character: those of the last part of an ARN. */
export function wildcards(text: string): Tokens {
  return tokensOf(`:::::${text}`).slice(5)
}
