import { matches } from '../../graph/index.ts'
import type { Claims, Verdict } from '../token.ts'
import { ACCEPTED } from '../token.ts'

/** One comparison of a flexible federated identity credential. */
export interface ClaimTest {
  readonly claim: string
  readonly operator: 'eq' | 'matches'
  readonly value: string
}

const TEST = /^\s*claims\['([^']+)'\] (eq|matches) '([^']*)'(?=\s|$)/
const AND = /^\s+and\s+/

/**
 * Reads an expression of a flexible federated identity credential, version 1: comparisons joined by `and`; `undefined`: it is
 * none.
 * https://learn.microsoft.com/en-us/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export function parseClaims(text: string): readonly ClaimTest[] | undefined {
  const tests: ClaimTest[] = []
  let rest = text.trim()
  for (;;) {
    const found = TEST.exec(rest)
    if (found === null) return undefined
    const [whole, claim = '', operator, value = ''] = found
    tests.push({ claim, operator: operator === 'eq' ? 'eq' : 'matches', value })
    rest = rest.slice(whole.length)
    if (rest.trim() === '') return tests
    const joined = AND.exec(rest)
    if (joined === null) return undefined
    rest = rest.slice(joined[0].length)
  }
}

/** Whether claims meet an expression; `undefined`: they do not. `matches` takes `*` for any text and `?` for one character. */
export function meetsExpression(text: string, claims: Claims): Verdict | undefined {
  const tests = parseClaims(text)
  if (tests === undefined) return { conditions: [], missing: [`the expression cannot be evaluated: ${text}`] }
  const conditions: string[] = []
  for (const { claim, operator, value } of tests) {
    const shown = claims.get(claim)
    if (typeof shown !== 'string') conditions.push(`claims match: claims['${claim}'] ${operator} '${value}'`)
    else if (operator === 'eq' ? shown !== value : !matches(value, shown)) return undefined
  }
  return conditions.length === 0 ? ACCEPTED : { conditions, missing: [] }
}
