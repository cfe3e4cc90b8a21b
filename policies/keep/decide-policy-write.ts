import { readFileSync } from 'node:fs'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Person } from '../model/entitlement.ts'
import { DEVICE_LEVELS, PRESENCES, type Evidence } from '../model/evidence.ts'
import type { Decision } from '../model/request.ts'

/** People and groups that may change the policy set: the operator's configuration, never part of the set itself. */
export interface PolicyKeepers {
  readonly people: readonly string[]
  readonly groups: readonly string[]
}

const text = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')
const type = (name: string) => `GomeisaKeep::${name}`

/**
 * May this person change the policy set? Decided by a built-in set of one policy (keep.cedar) and by nothing that was
 * loaded: a set that is broken, or forbids everything, cannot keep its keepers from replacing it. Parsed anew on every
 * call, so that no prepared slice has a part in it.
 */
export function decidePolicyWrite(person: Person, keepers: PolicyKeepers, evidence: Evidence): Decision {
  const keeps =
    keepers.people.includes(person.id) || person.groups.some((group) => keepers.groups.includes(group))
  const principal = { type: type('Person'), id: person.id }
  const answer = cedar.isAuthorized({
    principal,
    action: { type: type('Action'), id: 'writePolicies' },
    resource: { type: type('PolicySet'), id: 'policies' },
    context: {
      device: DEVICE_LEVELS.indexOf(evidence.device),
      presence: PRESENCES.indexOf(evidence.presence),
    },
    schema: text('keep.cedarschema'),
    validateRequest: true,
    policies: { staticPolicies: { 'built-in:keepers-write': text('keep.cedar') } },
    entities: [
      { uid: principal, attrs: {}, parents: keeps ? [{ type: type('Keepers'), id: 'keepers' }] : [] },
      { uid: { type: type('PolicySet'), id: 'policies' }, attrs: {}, parents: [] },
    ],
  })
  const failure = (errors: readonly string[]): Decision => {
    return { decision: 'deny', because: [], errors, policies: BUILT_IN }
  }
  if (answer.type === 'failure') return failure(answer.errors.map(({ message }) => message))
  const { decision, diagnostics } = answer.response
  if (diagnostics.errors.length > 0) return failure(diagnostics.errors.map(({ error }) => error.message))
  return { decision, because: diagnostics.reason, errors: [], policies: BUILT_IN }
}

const BUILT_IN = 'built-in'
