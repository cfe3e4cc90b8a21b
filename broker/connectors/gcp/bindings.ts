import type { JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  KillTarget,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { TIMEOUT, type AllowPolicies } from './allow-policies.ts'
import { accountFor, known } from '../entitlement-list.ts'
import { planned } from '../planned.ts'
import { TITLE_PREFIX } from './conditional-binding.ts'
import { bindingsById, type BindingEntitlement } from './entitlements.ts'
import { PolicyBindings, type Timing } from './policy-bindings.ts'

const CONNECTOR = 'gcp-binding'
/** Google, "Access change propagation": "Typically 2 minutes, potentially 7 minutes or longer". */
export const SPREAD = { typical: 120_000, worst: 420_000 } as const

/**
 * Access by a binding of its own in the allow policy of a project, folder or organization, with a condition by which Google ends it
 * at the deadline. The condition's title carries the grant: bindings without it are never touched. Google evaluates the policy at
 * each request, so that access tokens that were taken before lose the access, too, as soon as the change has spread.
 */
export class Bindings implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['scope', 'condition'],
    providerExpiry: 'hard',
    revoke: { ...SPREAD, residual: 'none' },
    settles: 2 * TIMEOUT,
  }
  readonly #bindings: PolicyBindings
  readonly #entitlements: ReadonlyMap<string, BindingEntitlement>

  /** Throws as `bindingsById` does. */
  constructor(policies: AllowPolicies, entitlements: readonly BindingEntitlement[], timing: Timing) {
    this.#bindings = new PolicyBindings(policies, timing)
    this.#entitlements = bindingsById(entitlements)
  }

  async plan(terms: GrantTerms): Promise<Plan> {
    const { person, grant } = terms
    const { resource, role, members } = known(this.#entitlements, terms.entitlement)
    const accounts = { list: 'members', kind: 'principal of Google Cloud', of: members }
    const member = accountFor(terms, accounts)
    const recipe = { resource, role, member, person, title: `${TITLE_PREFIX}${grant}` }
    const access = [CONNECTOR, resource, role, member, grant].join(' ')
    return Promise.resolve({ access, plan: recipe, recipe })
  }

  issue(plan: JsonObject, terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    return this.#bindings.add(plan, terms.deadline, signal)
  }

  observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    return this.#bindings.observe(recipe, signal)
  }

  revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    return this.#bindings.remove(recipe, signal)
  }

  /** Google has nothing faster than the removal. That of a person takes all that brokers gave them on the resource. */
  async kill(recipe: JsonObject, target: KillTarget, signal: AbortSignal): Promise<Outcome> {
    if ('grant' in target) return this.revoke(recipe, signal)
    if (planned(recipe, 'person') === target.person) return this.#bindings.removeAll(recipe, signal)
    return { kind: 'refused', why: 'the grant is of another person' }
  }
}
