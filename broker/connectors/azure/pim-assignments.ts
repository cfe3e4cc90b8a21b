import { GomeisaError, type JsonObject } from '../../../graph/index.ts'
import type {
  Connector,
  ConnectorTraits,
  GrantTerms,
  Observed,
  Outcome,
  Plan,
} from '../../grants/connector.ts'
import { planned } from '../planned.ts'
import type { Wait } from '../wait.ts'
import { codeOf, lost, unread } from './answers.ts'
import { NOTHING_FASTER, planOf } from './assignments.ts'
import { assignmentsById, type AssignmentEntitlement } from './entitlements.ts'
import { guidOf } from './names.ts'
import { TIMEOUT } from './microsoft-rest.ts'
import type { ResourceManager } from './resource-manager.ts'
import { tripleOf, type Triple } from './role-assignments.ts'
import { isOver, ScheduleRequests } from './schedule-requests.ts'

const CONNECTOR = 'azure-pim'
/** "The Active duration is too short. Miniumum Required is 5 minutes" (error ActiveDurationTooShort), and no removal before that. */
const SHORTEST = 300_000
/** Requests of one grant to remove: one, and more where one has failed or something came back. */
const MOST_REMOVALS = 20

/**
 * Access by an active assignment of Privileged Identity Management with an end by which Azure removes it. The names of requests are
 * made of grant and purpose, so that a broker that was ended in the middle finds its own. Grants that overlap share an assignment,
 * whose end is moved; one that no broker asked for is never touched.
 */
export class PimAssignments implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['scope'],
    providerExpiry: 'hard',
    // Nothing is removed in the first 5 minutes; with the pauses between tries that is 10 at worst, and as many until all have heard.
    revoke: { typical: 300_000, worst: 1_200_000, residual: 'none' },
    settles: 4 * TIMEOUT,
  }
  readonly #requests: ScheduleRequests
  readonly #entitlements: ReadonlyMap<string, AssignmentEntitlement>

  /** Throws as `assignmentsById` does. */
  constructor(arm: ResourceManager, entitlements: readonly AssignmentEntitlement[], wait: Wait) {
    this.#requests = new ScheduleRequests(arm, wait)
    this.#entitlements = assignmentsById(entitlements)
  }

  async plan(terms: GrantTerms): Promise<Plan> {
    const { access, triple } = planOf(CONNECTOR, this.#entitlements, terms)
    if (terms.deadline - terms.startsAt < SHORTEST) {
      const why = 'Privileged Identity Management gives nothing for less than five minutes'
      throw new GomeisaError('REFUSED', why, { remedy: 'ask for five minutes or more' })
    }
    const recipe = { ...triple, grant: terms.grant }
    return Promise.resolve({ access, plan: recipe, recipe })
  }

  async issue(plan: JsonObject, terms: GrantTerms, key: string, signal: AbortSignal): Promise<Outcome> {
    const triple = tripleOf(plan)
    // To the second before the deadline.
    const until = Math.floor(terms.deadline / 1000) * 1000
    const expiration = { type: 'AfterDateTime', endDateTime: new Date(until).toISOString() }
    const justification = `grant ${terms.grant}`
    try {
      const standing = await this.#requests.standing(triple, signal)
      if (standing.kind === 'unclear') return { kind: 'uncertain', why: standing.why }
      if (standing.kind === 'theirs') return { kind: 'done' }
      if (standing.kind === 'none') {
        const more = { scheduleInfo: { expiration } }
        const wish = { requestType: 'AdminAssign', justification, more } as const
        return await this.#requests.ask(triple, guidOf('assign', key), wish, signal)
      }
      if (standing.until >= until) return { kind: 'done' }
      const more = { scheduleInfo: { expiration }, targetRoleAssignmentScheduleId: standing.schedule }
      const wish = { requestType: 'AdminUpdate', justification, more } as const
      return await this.#requests.ask(triple, guidOf('update', key), wish, signal)
    } catch (error) {
      return lost('the role was not assigned', error)
    }
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    try {
      const standing = await this.#requests.standing(tripleOf(recipe), signal)
      switch (standing.kind) {
        case 'none':
          return { kind: 'absent' }
        case 'theirs':
          return { kind: 'present', altered: true, foreign: true }
        case 'ours':
          return { kind: 'present', altered: standing.narrowed || Number.isNaN(standing.until) }
        default:
          return unread(standing.why)
      }
    } catch (error) {
      return unread(codeOf(error))
    }
  }

  async revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const [triple, grant] = [tripleOf(recipe), planned(recipe, 'grant')]
    try {
      const standing = await this.#requests.standing(triple, signal)
      if (standing.kind === 'unclear') return { kind: 'uncertain', why: standing.why }
      if (standing.kind !== 'ours') return { kind: 'done' }
      return await this.#removed(triple, grant, signal)
    } catch (error) {
      return lost('the role assignment was not removed', error)
    }
  }

  kill(): Promise<Outcome> {
    return Promise.resolve(NOTHING_FASTER)
  }

  /** Asks under the first name that was not used in vain before. */
  async #removed(triple: Triple, grant: string, signal: AbortSignal): Promise<Outcome> {
    for (let n = 0; n < MOST_REMOVALS; n++) {
      const name = guidOf('remove', grant, String(n))
      const found = await this.#requests.read(triple, name, signal)
      if (found.status === 200 && isOver(found)) continue
      const wish = { requestType: 'AdminRemove', justification: `end of grant ${grant}` } as const
      return this.#requests.ask(triple, name, wish, signal)
    }
    return { kind: 'uncertain', why: 'no request to remove it has any effect' }
  }
}
