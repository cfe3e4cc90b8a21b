import type { Entitlement, Person } from '../model/entitlement.ts'
import type { EntityName, Policy } from './policy.ts'

/**
 * Which policies can say anything about a request: those whose scope fits it. Cedar's cost grows with every policy of a
 * set, also with those that have nothing to do with the request; leaving these out changes no answer, because the
 * conditions of a policy out of scope are never evaluated and cannot fail.
 */
export class Slices {
  readonly #anywhere = new Map<string, number[]>()
  readonly #byResource = new Map<string, Map<string, number[]>>()
  readonly #policies: readonly Policy[]

  constructor(policies: readonly Policy[], actions: readonly string[]) {
    this.#policies = policies
    for (const action of actions) {
      const anywhere: number[] = []
      const byResource = new Map<string, number[]>()
      for (const [i, { scope }] of policies.entries()) {
        if (scope.actions !== undefined && !scope.actions.includes(action)) continue
        if (scope.resource === undefined) anywhere.push(i)
        else {
          const key = keyOf(scope.resource)
          const row = byResource.get(key)
          if (row === undefined) byResource.set(key, [i])
          else row.push(i)
        }
      }
      this.#anywhere.set(action, anywhere)
      this.#byResource.set(action, byResource)
    }
  }

  /** Indexes of the policies in scope, ascending. */
  relevant(action: string, person: Person, entitlement: Entitlement): readonly number[] {
    const byResource = this.#byResource.get(action)
    const entitlementKeys = [
      `Entitlement/${entitlement.id}`,
      ...entitlement.groups.map((g) => `EntitlementGroup/${g}`),
    ]
    const here = [...new Set(entitlementKeys)].flatMap((key) => byResource?.get(key) ?? [])
    const who = new Set([`Person/${person.id}`, ...person.groups.map((group) => `Group/${group}`)])
    return [...(this.#anywhere.get(action) ?? []), ...here]
      .filter((i) => {
        const principal = this.#policies[i]?.scope.principal
        return principal === undefined || who.has(keyOf(principal))
      })
      .sort((a, b) => a - b)
  }
}

function keyOf({ type, id }: EntityName): string {
  return `${type}/${id}`
}
