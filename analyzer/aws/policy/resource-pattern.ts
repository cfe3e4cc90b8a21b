import type { Tokens } from '../evaluate/arn-pattern.ts'
import {
  covers,
  isPattern,
  isPlain,
  literal,
  overlap,
  plainMatches,
  RUN,
  tokensOf,
} from '../evaluate/arn-pattern.ts'
import type { ContextLookup } from './context.ts'
import { UNKNOWN } from './context.ts'
import type { Formula } from './formula.ts'
import { requestFact } from './formula.ts'
import { equalsTemplate } from './key-atoms.ts'
import type { Template } from './template.ts'
import { fill, templateOf, textOf } from './template.ts'

/** One entry of `Resource` or `NotResource`. */
export type ResourcePattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact' | 'plain'; readonly text: string; readonly head: number }
  | { readonly kind: 'segments'; readonly text: string }
  | {
      readonly kind: 'template'
      readonly text: string
      readonly template: Template
      /** Characters before the first variable or wildcard. */
      readonly head: number
      /** Once filled it is a plain pattern, if the values have no wildcards. */
      readonly plain: boolean
    }

/** The resource of a request. A name with wildcards stands for many resources; `*` alone is what calls without one have. */
export class RequestedResource {
  readonly text: string
  readonly many: boolean
  private made: Tokens | undefined

  constructor(text: string) {
    this.text = text
    this.many = text !== '*' && isPattern(text)
  }

  get tokens(): Tokens {
    return (this.made ??= this.many ? tokensOf(this.text) : literal(this.text))
  }
}

export function resourcePattern(spelled: string, variables: boolean): ResourcePattern {
  if (spelled === '*') return { kind: 'any' }
  const text = completed(spelled)
  const template = variables ? templateOf(text) : undefined
  if (template !== undefined) return templatePattern(text, template)
  if (!isPattern(text)) return { kind: 'exact', text, head: text.length }
  if (isPlain(text)) return { kind: 'plain', text, head: text.search(/[*?]/) }
  return { kind: 'segments', text }
}

function templatePattern(text: string, template: Template): ResourcePattern {
  const filled = template.pieces.map((piece) => (piece.kind === 'text' ? piece.text : 'v')).join('')
  const literal = template.pieces.some(({ kind }) => kind === 'literal')
  return {
    kind: 'template',
    text,
    template,
    head: text.search(/[*?]|\$\{/),
    plain: !literal && isPlain(filled),
  }
}

/**
 * "When you specify an incomplete ARN (one with fewer than the standard six fields) …, AWS automatically completes the ARN
 * by adding wildcard characters (*) to all missing fields." A `*` at the end goes over colons anyway.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function completed(text: string): string {
  if (!text.startsWith('arn:') || text.endsWith('*') || text.includes('$')) return text
  return text + ':*'.repeat(Math.max(0, 6 - text.split(':').length))
}

/** Whether a pattern matches the resource; open where it matches a part of many, or a variable of it is not known. */
export function resourceMatches(
  pattern: ResourcePattern,
  resource: RequestedResource,
  context: ContextLookup,
): Formula {
  switch (pattern.kind) {
    case 'any':
      return true
    case 'exact':
      if (!resource.many) return pattern.text === resource.text
      return matchTokens(literal(pattern.text), pattern.text, resource)
    case 'plain':
      if (resource.many) return matchTokens(tokensOf(pattern.text), pattern.text, resource)
      return sameHead(pattern.text, pattern.head, resource.text) && plainMatches(pattern.text, resource.text)
    case 'segments':
      return matchTokens(tokensOf(pattern.text), pattern.text, resource)
    default: {
      if (!resource.many && !sameHead(pattern.text, pattern.head, resource.text)) return false
      if (!resource.many && pattern.plain) {
        const filled = fill(pattern.template, context)
        if (filled === 'absent') return false
        if (filled !== 'unknown' && !filled.some(({ text, written }) => !written && isPattern(text))) {
          return plainMatches(textOf(filled), resource.text)
        }
      }
      const { tokens, open } = fillTokens(pattern.template, context)
      if (tokens === undefined) return false
      if (!open) return matchTokens(tokens, pattern.text, resource)
      if (!overlap(tokens, resource.tokens)) return false
      const known = resource.many
        ? undefined
        : equalsTemplate(pattern.template, context, resource.text, { wildcards: true, anyCase: false })
      if (known !== undefined) return known
      return requestFact(`variable|${pattern.text}`, resource.text, `one of ${pattern.text}`)
    }
  }
}

function sameHead(pattern: string, head: number, text: string): boolean {
  if (text.length < head) return false
  for (let i = head - 1; i >= 0; i--) if (pattern.charCodeAt(i) !== text.charCodeAt(i)) return false
  return true
}

function matchTokens(tokens: Tokens, text: string, resource: RequestedResource): Formula {
  if (covers(tokens, resource.tokens)) return true
  if (!resource.many || !overlap(tokens, resource.tokens)) return false
  return requestFact(`resource|${text}`, 'the resource', `one of ${text}`)
}

/** Tokens of a resource with variables; an unknown one may be any text. The parts are counted over the written text. */
function fillTokens(
  template: Template,
  context: ContextLookup,
): { readonly tokens: Tokens | undefined; readonly open: boolean } {
  const tokens: number[] = []
  let before = ''
  let open = false
  for (const [i, piece] of template.pieces.entries()) {
    if (piece.kind === 'text') {
      // What follows tells whether a wildcard ends its part: a variable continues it.
      const after = i + 1 < template.pieces.length ? 'v' : ''
      tokens.push(
        ...tokensOf(before + piece.text + after).slice(before.length, before.length + piece.text.length),
      )
      before += piece.text
      continue
    }
    before += 'v'
    const value = piece.kind === 'literal' ? [piece.text] : context.value(piece.key)
    if (value === UNKNOWN) {
      tokens.push(RUN)
      open = true
      continue
    }
    const text = value?.length === 1 ? value[0] : piece.kind === 'variable' ? piece.otherwise : undefined
    if (text === undefined) return { tokens: undefined, open }
    tokens.push(...literal(text))
  }
  return { tokens, open }
}
