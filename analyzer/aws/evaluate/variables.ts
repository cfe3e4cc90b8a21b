import { type ContextLookup, UNKNOWN } from '../policy/context.ts'
import { literal, RUN, tokensOf, type Tokens } from './arn-pattern.ts'
import type { Identity } from './identity.ts'
import { principalContext } from './principal-context.ts'

/**
 * A resource pattern with its variables filled in. `undefined`: a variable has no value, so that the pattern matches
 * nothing. `open`: a variable is not known, so that a match holds only for the right value of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillIn(
  pattern: string,
  identity: Identity,
  resource?: ContextLookup,
): { readonly tokens: Tokens; readonly open: boolean } | undefined {
  const context = principalContext(identity, undefined, resource)
  const tokens: number[] = []
  let open = false
  let last = 0
  for (const found of pattern.matchAll(VARIABLE)) {
    tokens.push(...piece(pattern, last, found.index))
    last = found.index + found[0].length
    const name = (found[1] ?? '').trim()
    if (name === '*' || name === '?' || name === '$') {
      tokens.push(name.charCodeAt(0))
      continue
    }
    const value = context.value(name.toLowerCase())
    if (value === UNKNOWN) {
      tokens.push(RUN)
      open = true
    } else if (value === undefined) {
      if (found[2] === undefined) return undefined
      tokens.push(...literal(found[2]))
    } else tokens.push(...literal(value.join()))
  }
  tokens.push(...piece(pattern, last, pattern.length))
  return { tokens, open }
}

const VARIABLE = /\$\{([^},]*)(?:,\s*'([^']*)')?\s*\}/g

/** Tokens of the text between two variables, with the segments counted from the pattern's start. */
function piece(pattern: string, from: number, to: number): Tokens {
  if (from === to) return []
  // Variables hold colons of their own (`${aws:username}`), which end no segment.
  const before = pattern.slice(0, from).replaceAll(VARIABLE, 'v')
  const after = to < pattern.length ? 'v' : ''
  const all = tokensOf(before + pattern.slice(from, to) + after)
  return all.slice(before.length, before.length + (to - from))
}
