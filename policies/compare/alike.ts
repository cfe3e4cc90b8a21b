import { conditionPaths } from '../cedar/named.ts'
import { entitiesIn } from '../cedar/expression.ts'
import type { Policy } from '../cedar/policy.ts'
import { withoutNamespace } from '../cedar/schema.ts'
import type { Entitlement, Person } from '../model/entitlement.ts'

/**
 * Which people, and which entitlements, no policy can tell apart: a policy sees only the groups and ids that it names and
 * the attributes that it reads. One of each kind is asked for all of them.
 */
export class Alike {
  readonly #named = new Set<string>()
  readonly #read = new Set<string>()
  readonly #linked: ReadonlySet<string>

  /** `policies` of all sets that are compared, `entitlements` all there are: their eligible and owners may be looked at. */
  constructor(policies: readonly Policy[], entitlements: readonly Entitlement[]) {
    for (const policy of policies) {
      const { principal, resource } = policy.scope
      for (const name of [principal, resource]) if (name) this.#named.add(`${name.type}/${name.id}`)
      for (const { body } of policy.conditions) {
        for (const [type, id] of entitiesIn(body)) this.#named.add(`${withoutNamespace(type)}/${id}`)
      }
      for (const path of conditionPaths(policy)) {
        if (path[0] === 'principal' || path[0] === 'resource') this.#read.add(path.slice(0, 2).join('.'))
      }
    }
    const whole = this.#read.has('resource')
    const linked = (['eligible', 'owners'] as const).filter(
      (each) => whole || this.#read.has(`resource.${each}`),
    )
    this.#linked = new Set(entitlements.flatMap((entitlement) => linked.flatMap((each) => entitlement[each])))
  }

  /** People with one key are answered alike. */
  person({ id, groups, onCall }: Person): string {
    const seen = groups.filter((group) => this.#named.has(`Group/${group}`) || this.#linked.has(group)).sort()
    return JSON.stringify([this.#named.has(`Person/${id}`) ? id : null, seen, onCall])
  }

  /** Entitlements with one key are answered alike. */
  entitlement(entitlement: Entitlement): string {
    const { id, groups, cloud, role, scope, environment, eligible, owners } = entitlement
    const seen = groups.filter((group) => this.#named.has(`EntitlementGroup/${group}`)).sort()
    const attributes = { cloud, role, scope, eligible: [...eligible].sort(), owners: [...owners].sort() }
    const whole = this.#read.has('resource')
    const kept = Object.entries(attributes).filter(([name]) => whole || this.#read.has(`resource.${name}`))
    const facts = [environment, entitlement.reachesAdministrator, entitlement.opensCrownJewelPath]
    return JSON.stringify([this.#named.has(`Entitlement/${id}`) ? id : null, seen, kept, facts])
  }
}
