import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { GomeisaError } from '../../graph/index.ts'
import { SCHEMA } from './schema.ts'
import type { Policy } from './policy.ts'

/**
 * Prepared slices of policy sets. Cedar keeps what it has parsed under a name, for each thread, and has no call that
 * forgets: a name that is needed no longer is given the empty set. Bounded by the policies that are held.
 */
const MOST_POLICIES = 50_000
const SCHEMA_NAME = 'gomeisa'

const slots = new Map<string, { readonly name: string; readonly size: number }>()
const free: string[] = []
let names = 0
let held = 0
let schemaReady = false

/** The name under which Cedar holds `policies`; `key` tells one slice from any other. */
export function preparedSlice(key: string, policies: () => readonly Policy[]): string {
  const known = slots.get(key)
  if (known !== undefined) {
    // The end of the map is what was used last.
    slots.delete(key)
    slots.set(key, known)
    return known.name
  }
  const slice = policies()
  for (const [old, { name, size }] of slots) {
    if (held + slice.length + 1 <= MOST_POLICIES) break
    slots.delete(old)
    cedar.preparsePolicySet(name, { staticPolicies: {} })
    free.push(name)
    held -= size
  }
  const name = free.pop() ?? `slice${names++}`
  const staticPolicies = Object.fromEntries(slice.map(({ id, text }) => [id, text]))
  demandSuccess(cedar.preparsePolicySet(name, { staticPolicies }), 'a slice of policies')
  // An empty slice takes a place too.
  const size = slice.length + 1
  slots.set(key, { name, size })
  held += size
  return name
}

/** The name under which Cedar holds the schema. */
export function preparedSchema(): string {
  if (!schemaReady) demandSuccess(cedar.preparseSchema(SCHEMA_NAME, SCHEMA), 'the schema')
  schemaReady = true
  return SCHEMA_NAME
}

/** What is held now, for tests of the bound. */
export function preparedNow(): {
  readonly slices: number
  readonly policies: number
  readonly names: number
} {
  return { slices: slots.size, policies: held - slots.size, names }
}

function demandSuccess(answer: cedar.CheckParseAnswer, what: string): void {
  if (answer.type === 'success') return
  throw new GomeisaError('INTERNAL', `${what} cannot be prepared: ${answer.errors[0]?.message ?? ''}`)
}
