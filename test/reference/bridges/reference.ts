/**
 * Whether the holder of one token becomes one member of a pool of GCP or one application of Azure, slow and plain: the token is
 * a list of claims, all of them known, and each rule of the documentation is asked by itself.
 * https://cloud.google.com/iam/docs/workload-identity-federation (mapping, condition, principal identifiers)
 * https://learn.microsoft.com/en-us/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
import { like } from '../aws-federation/like.ts'

export type Claims = Readonly<Record<string, string>>

/** An expression of a mapping, as a tree of its own: no parser is needed. */
export type Mapped =
  | { readonly claim: string }
  | { readonly claim: string; readonly before: string; readonly after: string }
  | { readonly text: string; readonly then: Mapped }

/** A test of a condition: all of them must hold, or one of them. */
export interface Test {
  readonly of: { readonly claim: string } | { readonly attribute: string }
  readonly how: '==' | '!=' | 'startsWith' | 'endsWith'
  readonly value: string
}

export interface Pool {
  readonly audiences: readonly string[]
  readonly mapping: Readonly<Record<string, Mapped>>
  readonly all: boolean
  readonly tests: readonly Test[]
}

/** The value, or null when the token lacks the claim. */
export function valueOf(mapped: Mapped, claims: Claims): string | null {
  if ('text' in mapped) {
    const rest = valueOf(mapped.then, claims)
    return rest === null ? null : mapped.text + rest
  }
  const value = claims[mapped.claim]
  if (value === undefined) return null
  if (!('before' in mapped)) return value
  // extract(): from the first place of what is before, to the next place of what is after.
  for (let from = 0; from + mapped.before.length <= value.length; from++) {
    if (!value.slice(from).startsWith(mapped.before)) continue
    const start = from + mapped.before.length
    if (mapped.after === '') return value.slice(start)
    for (let end = start; end <= value.length; end++)
      if (value.slice(end).startsWith(mapped.after)) return value.slice(start, end)
    return ''
  }
  return ''
}

/** A token without a subject is not exchanged; then the audience, the condition and the member must fit. */
export function becomes(pool: Pool, claims: Claims, attribute: string | null, value: string): boolean {
  const audience = claims['aud']
  if (audience === undefined || !pool.audiences.some((one) => one === audience)) return false
  const subject = pool.mapping['google.subject']
  const name = subject === undefined ? null : valueOf(subject, claims)
  if (name === null || name === '' || name.length > 127) return false
  const said = pool.tests.map((test) => passes(test, pool, claims))
  if (said.length > 0 && !(pool.all ? said.every(Boolean) : said.some(Boolean))) return false
  if (attribute === null) return true
  const mapped = pool.mapping[attribute]
  return mapped !== undefined && valueOf(mapped, claims) === value
}

function passes({ of, how, value }: Test, pool: Pool, claims: Claims): boolean {
  const mapped = 'claim' in of ? of : pool.mapping[of.attribute]
  const shown = mapped === undefined ? null : valueOf(mapped, claims)
  if (shown === null) return false
  if (how === '==') return shown === value
  if (how === '!=') return shown !== value
  return how === 'startsWith' ? shown.slice(0, value.length) === value : like(`*${value}`, shown)
}

/** An Azure federated credential: a subject, or claims that must all be met. */
export interface Credential {
  readonly subject: string | null
  readonly tests: readonly {
    readonly claim: string
    readonly how: 'eq' | 'matches'
    readonly value: string
  }[]
  readonly audiences: readonly string[]
}

export function accepted({ subject, tests, audiences }: Credential, claims: Claims): boolean {
  if (!audiences.some((one) => one === claims['aud'])) return false
  if (subject !== null) return claims['sub'] === subject
  return tests.every(({ claim, how, value }) => {
    const shown = claims[claim] ?? ''
    return how === 'eq' ? shown === value : like(value, shown)
  })
}
