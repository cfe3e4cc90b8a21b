import { literal, RUN, tokensOf, type Tokens } from './arn-pattern.ts'

/** What is known of a principal when its requests are evaluated. */
export interface Identity {
  readonly arn: string
  readonly kind: 'user' | 'role'
  readonly account: string
  /** User name or role name, without path. */
  readonly name: string
  readonly uniqueId: string
  readonly tags: readonly (readonly [string, string])[]
  /** Id of its organization; null: none; undefined: not known. */
  readonly organization: string | null | undefined
}

/** Value of a policy variable: a text, `absent` from every request of the principal, or not known. */
type Value = { readonly text: string } | 'absent' | 'unknown'

/**
 * A resource pattern with its variables filled in. `undefined`: a variable has no value, so that the pattern matches
 * nothing. `open`: a variable is not known, so that a match holds only for the right value of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillIn(
  pattern: string,
  identity: Identity,
): { readonly tokens: Tokens; readonly open: boolean } | undefined {
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
    const value = valueOf(name.toLowerCase(), identity)
    if (value === 'unknown') {
      tokens.push(RUN)
      open = true
    } else if (value === 'absent') {
      if (found[2] === undefined) return undefined
      tokens.push(...literal(found[2]))
    } else tokens.push(...literal(value.text))
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

/** Keys that are fixed for a principal; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function valueOf(key: string, identity: Identity): Value {
  const isUser = identity.kind === 'user'
  switch (key) {
    case 'aws:username':
      return isUser ? { text: identity.name } : 'absent'
    case 'aws:userid':
      return isUser && identity.uniqueId !== '' ? { text: identity.uniqueId } : 'unknown'
    case 'aws:principaltype':
      return { text: isUser ? 'User' : 'AssumedRole' }
    case 'aws:principalarn':
      return { text: identity.arn }
    case 'aws:principalaccount':
      return { text: identity.account }
    case 'aws:principalorgid':
      if (identity.organization === undefined) return 'unknown'
      return identity.organization === null ? 'absent' : { text: identity.organization }
    default:
      return isUser && key.startsWith('aws:principaltag/') ? tagValue(key, identity) : 'unknown'
  }
}

/** Tags of users are fixed; those of a role may be set anew for each session. */
function tagValue(key: string, identity: Identity): Value {
  const wanted = key.slice('aws:principaltag/'.length)
  const found = identity.tags.find(([name]) => name.toLowerCase() === wanted)
  return found === undefined ? 'absent' : { text: found[1] }
}
