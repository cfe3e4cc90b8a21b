import { createHash } from 'node:crypto'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import {
  activateContext,
  approveContext,
  entitlementEntity,
  entityUid,
  personEntity,
} from './cedar/entities.ts'
import type { Policy } from './cedar/policy.ts'
import { Slices } from './cedar/slices.ts'
import type { Reads } from './cedar/reads.ts'
import { preparedSlice } from './cedar/slots.ts'
import type { Entitlement, Person } from './model/entitlement.ts'
import type { Evidence } from './model/evidence.ts'
import type { Approval, Ask, Decision } from './model/request.ts'

export const ACTIONS = ['activate', 'approve'] as const
export type PolicyAction = (typeof ACTIONS)[number]

/** Named in `because` when the rule that no policy can lift has denied. */
export const NO_SELF_APPROVAL = 'built-in:no-self-approval'

/**
 * Decides with one policy set, which it takes to have passed the check (`openPolicies`). Cedar alone allows; any error
 * of an evaluation denies, because Cedar itself passes over a forbid that fails.
 */
export class Decider {
  readonly policies: readonly Policy[]
  /** SHA-256 over ids and texts in the order of ids: two sets with one hash decide alike. */
  readonly hash: string
  readonly #slices: Slices

  constructor(policies: readonly Policy[]) {
    this.policies = policies
    this.hash = hashOf(policies)
    this.#slices = new Slices(policies, ACTIONS)
  }

  /** May this person have the entitlement with this evidence? Asked at activation and again at every issue. */
  decide(ask: Ask, evidence: Evidence): Decision {
    const { person, entitlement } = ask
    return this.#ask('activate', person, entitlement, (reads) => ({
      context: activateContext(ask, evidence, reads),
      entities: [personEntity(person, entitlement, reads), entitlementEntity(entitlement, reads)],
    }))
  }

  /** May this person approve what another asks for? Nobody approves their own, whatever a policy says. */
  decideApproval({ approver, requester, entitlement, evidence }: Approval): Decision {
    if (approver.id === requester.id) {
      return { decision: 'deny', because: [NO_SELF_APPROVAL], errors: [], policies: this.hash }
    }
    return this.#ask('approve', approver, entitlement, (reads) => ({
      context: approveContext(requester, evidence, reads),
      entities: [
        personEntity(approver, entitlement, reads),
        personEntity(requester, entitlement, reads),
        entitlementEntity(entitlement, reads),
      ],
    }))
  }

  /** The policies that can say anything about such a request, in the order of the set. */
  relevant(action: PolicyAction, person: Person, entitlement: Entitlement): readonly Policy[] {
    return this.#slices.relevant(action, person, entitlement).flatMap((i) => this.policies[i] ?? [])
  }

  #ask(
    action: PolicyAction,
    person: Person,
    entitlement: Entitlement,
    given: (reads: Reads) => { readonly context: cedar.Context; readonly entities: cedar.Entities },
  ): Decision {
    const indexes = this.#slices.relevant(action, person, entitlement)
    const slice = () => indexes.flatMap((i) => this.policies[i] ?? [])
    const { name, reads } = preparedSlice(`${this.hash}/${indexes.join()}`, slice)
    const answer = cedar.statefulIsAuthorized({
      principal: entityUid('Person', person.id),
      action: entityUid('Action', action),
      resource: entityUid('Entitlement', entitlement.id),
      ...given(reads),
      preparsedPolicySetId: name,
    })
    const policies = this.hash
    if (answer.type === 'failure') {
      return { decision: 'deny', because: [], errors: answer.errors.map(({ message }) => message), policies }
    }
    const { decision, diagnostics } = answer.response
    const errors = diagnostics.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`)
    const because = [...diagnostics.reason].sort()
    return errors.length > 0
      ? { decision: 'deny', because: [], errors, policies }
      : { decision, because, errors, policies }
  }
}

function hashOf(policies: readonly Policy[]): string {
  const hash = createHash('sha256')
  const sorted = [...policies].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const { id, text } of sorted) hash.update(`${id}\0${text}\0`)
  return hash.digest('hex')
}
