import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseMember } from '../../analyzer/gcp/member.ts'
import { becomesMember } from '../../analyzer/gcp/provider-claims.ts'
import type { ProviderState } from '../../analyzer/gcp/state.ts'
import { ACCEPTED } from '../../analyzer/token.ts'
import { POOL } from './bridge-estate.ts'

/** A mapping and a condition as people write them, a token that they take and what they refuse. */
interface Row {
  readonly title: string
  readonly source: string
  readonly aws?: string
  readonly mapping: Readonly<Record<string, string>>
  readonly condition: string | null
  readonly claims: Readonly<Record<string, string>>
  readonly attribute: string
  readonly value: string
  readonly refused: { readonly value: string; readonly claims?: Readonly<Record<string, string>> }
}

const file = new URL('../golden/bridges/mappings.json', import.meta.url)
const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly Row[]

function ask(row: Row, value: string, claims: Readonly<Record<string, string>>) {
  const provider: ProviderState = {
    name: `${POOL}/providers/outside`,
    pool: POOL.slice('//iam.googleapis.com/'.length),
    issuer: row.aws === undefined ? 'https://issuer.example' : null,
    audiences: ['bridge'],
    awsAccount: row.aws ?? null,
    mapping: new Map(Object.entries(row.mapping)),
    condition: row.condition,
    active: true,
    at: { source: 0, pointer: '' },
  }
  const set = row.attribute === 'google.subject' ? 'principal' : 'principalSet'
  const part = row.attribute === 'google.subject' ? 'subject' : row.attribute
  const member = parseMember(`${set}:${POOL}/${part}/${value}`)
  return becomesMember(new Map([['aud', 'bridge'], ...Object.entries(claims)]), member, provider)
}

describe("attribute mappings and conditions, Google's default of AWS and others", () => {
  it.each(rows)('$title', (row) => {
    expect(ask(row, row.value, row.claims)).toEqual(ACCEPTED)
    expect(ask(row, row.refused.value, row.claims)).toBeUndefined()
    if (row.refused.claims !== undefined)
      expect(ask(row, row.value, { ...row.claims, ...row.refused.claims })).toBeUndefined()
    expect(ask(row, row.value, { ...row.claims, aud: 'another' }) === undefined).toBe(row.aws === undefined)
  })

  it.each(rows)('$title: a claim that is not known stays as a condition', (row) => {
    const verdict = ask(row, row.value, {})
    expect(verdict?.missing).toEqual([])
    expect(verdict?.conditions.length).toBeGreaterThan(0)
  })
})
