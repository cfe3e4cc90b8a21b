import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { issuerOf, SHARED_ISSUERS } from '../../../analyzer/aws/federation/issuers.ts'
import { openTrust } from '../../../analyzer/aws/federation/open-trust.ts'
import { trustDocument } from '../../../analyzer/aws/federation/trust-policy.ts'
import type { JsonObject } from '../../../graph/index.ts'
import { accepts } from '../../reference/aws-federation/reference.ts'
import type { Statement } from '../../reference/aws-simulate/line.ts'

interface Case {
  readonly title: string
  /** The page that says so. */
  readonly source: string
  readonly provider: string
  readonly statements: readonly Statement[]
  /** Statements of resource control policies. */
  readonly controls?: readonly Statement[]
  readonly open: {
    readonly kind: string
    readonly token: string
    readonly conditions?: readonly string[]
    readonly missing?: readonly string[]
  } | null
}

const FOLDER = new URL('../../golden/aws/federation/', import.meta.url)
const role = 'arn:aws:iam::111111111111:role/deploy'
const asDocument = (statements: readonly Statement[]) =>
  trustDocument({ Version: '2012-10-17', Statement: statements } as unknown as JsonObject)

describe.each(readdirSync(FOLDER))('open trusts: %s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly Case[]
  it.each(cases)('$title', ({ provider, statements, controls, open, source }) => {
    expect(source).toMatch(/^https:\/\//)
    const found = openTrust({
      provider,
      role,
      trust: asDocument(statements),
      only: 0,
      controls: controls === undefined ? [] : [asDocument(controls)],
    })
    if (open === null) {
      expect(found).toBeUndefined()
      return
    }
    const { kind, token, conditions = [], missing = [] } = found ?? {}
    expect({ kind, token, conditions, missing }).toEqual({ conditions: [], missing: [], ...open })
    // What the remedy asks for closes it.
    const [operator = '', key = '', value = ''] = found?.ask ?? []
    const patched = statements.map((statement, i) => {
      if (i > 0) return statement
      const there = statement.Condition?.[operator] ?? {}
      return { ...statement, Condition: { ...statement.Condition, [operator]: { ...there, [key]: value } } }
    })
    const rest = { provider, role, only: 0, controls: controls === undefined ? [] : [asDocument(controls)] }
    expect(openTrust({ ...rest, trust: asDocument(patched) })?.kind).not.toBe(kind)
    // The other interpreter lets the same token in, where nothing but the token decides.
    if (conditions.length > 0) return
    const action = typeof statements[0]?.Action === 'string' ? statements[0].Action : ''
    const world = worldOf(provider, token ?? '', statements)
    expect(accepts({ provider, action, role, world }, statements, controls)).toBe('yes')
  })
})

/** A token back from its words; the name of the session is what the policy asks for. */
function worldOf(provider: string, token: string, statements: readonly Statement[]) {
  const world = new Map<string, readonly string[]>()
  if (token !== 'whatever it says') {
    for (const claim of token.split(', ')) {
      const [name = '', ...rest] = claim.split(' ')
      const key = name.includes(':') ? name : `${issuerOf(provider)}:${name}`
      world.set(key, rest.join(' ').split(' and '))
    }
  }
  if (JSON.stringify(statements).includes('deploy-*')) world.set('sts:rolesessionname', ['deploy-1'])
  return world
}

describe('the table of shared issuers', () => {
  it.each(SHARED_ISSUERS)(
    '$title: named once, with its source, and asks for a claim that it knows',
    (shared) => {
      expect(SHARED_ISSUERS.filter(({ issuer }) => issuer === shared.issuer)).toHaveLength(1)
      expect(shared.source).toMatch(/^https:\/\//)
      expect(shared.claims.map(({ name }) => name)).toContain(shared.ask[1])
    },
  )
})
