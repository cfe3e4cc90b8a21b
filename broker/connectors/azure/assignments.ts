import { ownString, type JsonObject } from '../../../graph/index.ts'
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
import { codeOf, failed, isAbsent, lost, unread } from './answers.ts'
import { assignmentsById, userFor, type AssignmentEntitlement } from './entitlements.ts'
import { guidOf, isSameName, roleGuid } from './names.ts'
import { TIMEOUT } from './microsoft-rest.ts'
import type { ResourceManager } from './resource-manager.ts'
import { isList, isOf, propertiesOf, RoleAssignments, tripleOf } from './role-assignments.ts'

const CONNECTOR = 'azure-assignment'

/** What is said of a kill: an assignment ends by its removal. */
export const NOTHING_FASTER: Outcome = {
  kind: 'refused',
  why: 'Azure has nothing faster than the removal of the assignment',
}

/** The access of one person by one role at one scope, and what plans of both ways to give it begin with. */
export function planOf(
  connector: string,
  entitlements: ReadonlyMap<string, AssignmentEntitlement>,
  terms: GrantTerms,
): { readonly access: string; readonly triple: JsonObject } {
  const entitlement = known(entitlements, terms.entitlement)
  const { scope, role } = entitlement
  const principal = userFor(terms, entitlement)
  const same = [scope, roleGuid(role), principal].map((each) => each.toLowerCase())
  return { access: [connector, ...same].join(' '), triple: { scope, role, principal } }
}

/**
 * Access by a role assignment. Nothing in Azure ends it: that takes the broker. Its name is made of person, role and scope, of which Azure
 * takes one assignment only: grants that overlap share it, and one of another name is somebody else's and never touched.
 */
export class Assignments implements Connector {
  readonly name = CONNECTOR
  readonly traits: ConnectorTraits = {
    narrowing: ['scope'],
    providerExpiry: 'none',
    // Microsoft, "Troubleshoot Azure RBAC": "it can take up to 10 minutes for changes to take effect"; it names no usual time.
    revoke: { typical: 300_000, worst: 600_000, residual: 'none' },
    settles: 2 * TIMEOUT,
  }
  readonly #assignments: RoleAssignments
  readonly #entitlements: ReadonlyMap<string, AssignmentEntitlement>

  /** Throws as `assignmentsById` does. */
  constructor(arm: ResourceManager, entitlements: readonly AssignmentEntitlement[]) {
    this.#assignments = new RoleAssignments(arm)
    this.#entitlements = assignmentsById(entitlements)
  }

  async plan(terms: GrantTerms): Promise<Plan> {
    const { access, triple } = planOf(CONNECTOR, this.#entitlements, terms)
    const recipe = { ...triple, name: guidOf(access) }
    return Promise.resolve({ access, plan: recipe, recipe })
  }

  async issue(plan: JsonObject, _terms: GrantTerms, _key: string, signal: AbortSignal): Promise<Outcome> {
    const doing = 'the role was not assigned'
    const note = 'Gomeisa: access for a time. Removed by the broker.'
    try {
      const made = await this.#assignments.make(tripleOf(plan), planned(plan, 'name'), note, signal)
      if (made.status === 200 || made.status === 201) return { kind: 'done' }
      if (made.code !== 'RoleAssignmentExists') return failed(doing, made)
      // Ours already, or somebody else's, which then gives the access; or one that is just being removed.
      const seen = await this.observe(plan, signal)
      const there = seen.kind === 'present' && (seen.foreign === true || !seen.altered)
      return there ? { kind: 'done' } : { kind: 'uncertain', why: `${doing}: ${made.code}` }
    } catch (error) {
      return lost(doing, error)
    }
  }

  async observe(recipe: JsonObject, signal: AbortSignal): Promise<Observed> {
    const [triple, name] = [tripleOf(recipe), planned(recipe, 'name')]
    try {
      const own = await this.#assignments.read(triple.scope, name, signal)
      if (own.status === 200) {
        const narrowed = ownString(propertiesOf(own.body), 'condition') !== undefined
        return { kind: 'present', altered: narrowed || !isOf(triple, own.body) }
      }
      if (!isAbsent(own)) return unread(own.code)
      const names = await this.#assignments.names(triple, signal)
      if (!isList(names)) return unread(names.code)
      if (names.length === 0) return { kind: 'absent' }
      // Lists lag behind: one that still has ours says nothing of anybody else.
      const theirs = names.every((each) => !isSameName(each, name))
      return { kind: 'present', altered: true, ...(theirs && { foreign: true }) }
    } catch (error) {
      return unread(codeOf(error))
    }
  }

  async revoke(recipe: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const doing = 'the role assignment was not removed'
    try {
      const gone = await this.#assignments.remove(planned(recipe, 'scope'), planned(recipe, 'name'), signal)
      const done = gone.status === 200 || gone.status === 204 || isAbsent(gone)
      return done ? { kind: 'done' } : failed(doing, gone)
    } catch (error) {
      return lost(doing, error)
    }
  }

  kill(): Promise<Outcome> {
    return Promise.resolve(NOTHING_FASTER)
  }
}
