import type { JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { known } from '../entitlement-list.ts'
import { planned } from '../planned.ts'
import { codeOf, failed, lost, unread } from './answers.ts'
import { groupsById, userFor, type GroupEntitlement } from './entitlements.ts'
import { closedTo, type GroupMembers } from './group-members.ts'
import { TIMEOUT } from './microsoft-rest.ts'

const CONNECTOR = 'azure-group'

/**
 * Access by direct membership of a group. Nothing in Entra ends it: that takes the broker. A membership has no name: one that stood
 * before the first grant is never removed, one that somebody else adds beside the broker's cannot be told from it.
 */
export class Groups implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['none'],
    providerExpiry: 'none',
    // Tokens name groups until they end. Microsoft, "Access token lifetime": "60-90 minutes (75 minutes on average)"; "Continuous access
    // evaluation": "up to 28 hours" in sessions of that kind, which a change of groups does not end.
    revoke: { typical: 4_500_000, worst: 100_800_000, residual: 'until token expiry' },
    settles: 2 * TIMEOUT,
  }
  readonly #members: GroupMembers
  readonly #entitlements: ReadonlyMap<string, GroupEntitlement>

  /** Throws as `groupsById` does. */
  constructor(members: GroupMembers, entitlements: readonly GroupEntitlement[]) {
    this.#members = members
    this.#entitlements = groupsById(entitlements)
  }

  async plan(terms: GrantTerms): Promise<Plan> {
    const entitlement = known(this.#entitlements, terms.entitlement)
    const principal = userFor(terms, entitlement).toLowerCase()
    const recipe = { group: entitlement.group.toLowerCase(), principal }
    const access = [CONNECTOR, recipe.group, recipe.principal].join(' ')
    return Promise.resolve({ access, plan: recipe, recipe })
  }

  async issue(plan: JsonObject, _terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    const doing = 'the person was not added to the group'
    const [group, principal] = [planned(plan, 'group'), planned(plan, 'principal')]
    try {
      const found = await this.#members.group(group, signal)
      if (found.status !== 200) return failed(doing, found)
      const closed = closedTo(found.body)
      if (closed !== undefined) return { kind: 'refused', why: `${doing}: ${closed}` }
      const added = await this.#members.add(group, principal, signal)
      if (added.status === 204) return { kind: 'done' }
      // Graph says 400 of one that is a member already, with no code of its own for it.
      if (added.status !== 400) return failed(doing, added)
      const seen = await this.observe(plan, signal)
      if (seen.kind === 'present') return { kind: 'done' }
      return seen.kind === 'absent' ? failed(doing, added) : { kind: 'uncertain', why: seen.why }
    } catch (error) {
      return lost(doing, error)
    }
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    try {
      const has = await this.#members.has(planned(recipe, 'group'), planned(recipe, 'principal'), signal)
      if (typeof has !== 'boolean') return unread(has.code)
      return has ? { kind: 'present', altered: false } : { kind: 'absent' }
    } catch (error) {
      return unread(codeOf(error))
    }
  }

  async revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const doing = 'the person was not removed from the group'
    try {
      const [group, principal] = [planned(recipe, 'group'), planned(recipe, 'principal')]
      const gone = await this.#members.remove(group, principal, signal)
      // That it is not there is looked at afterwards, in the list.
      return gone.status === 204 || gone.status === 404 ? { kind: 'done' } : failed(doing, gone)
    } catch (error) {
      return lost(doing, error)
    }
  }

  kill(): Promise<Outcome> {
    const why = 'Entra has nothing faster for a group than the removal of the member'
    return Promise.resolve({ kind: 'refused', why })
  }
}
