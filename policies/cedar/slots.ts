import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { GomeisaError } from '../../graph/index.ts'
import type { Policy } from './policy.ts'
import { readsOf, type Reads } from './reads.ts'

/**
 * Prepared slices of policy sets. Cedar keeps what it has parsed under a name, for each thread, and has no call that
 * forgets: a name that is needed no longer is given the empty set. Bounded by the policies that are held.
 */
const MOST_POLICIES = 20_000

/** A slice that is ready: Cedar's name of it, and what its policies read. */
export interface PreparedSlice {
  readonly name: string
  readonly reads: Reads
}
const slots = new Map<string, PreparedSlice & { readonly size: number }>()
const free: string[] = []
let names = 0
let held = 0

/** `policies`, made ready or found ready; `key` tells one slice from any other. */
export function preparedSlice(key: string, policies: () => readonly Policy[]): PreparedSlice {
  const known = slots.get(key)
  if (known !== undefined) {
    // The end of the map is what was used last.
    slots.delete(key)
    slots.set(key, known)
    return known
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
  const answer = cedar.preparsePolicySet(name, { staticPolicies })
  if (answer.type === 'failure') {
    throw new GomeisaError(
      'INTERNAL',
      `a slice of policies cannot be prepared: ${answer.errors[0]?.message ?? ''}`,
    )
  }
  // An empty slice takes a place too.
  const size = slice.length + 1
  const slot = { name, reads: readsOf(slice), size }
  slots.set(key, slot)
  held += size
  return slot
}

/** What is held now, for tests of the bound. */
export function preparedNow(): {
  readonly slices: number
  readonly policies: number
  readonly names: number
} {
  return { slices: slots.size, policies: held - slots.size, names }
}
