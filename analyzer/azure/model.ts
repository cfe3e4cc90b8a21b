import type { Missing, NodeId, PermissionSet, PermissionUniverse, Reason } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import { Membership } from '../grants/membership.ts'
import { isCutOff, missingDenials } from '../grants/gaps.ts'
import type { Chain, Denial, Grant, GrantModel, Hold, Reach, Rights, Way } from '../grants/model.ts'
import { gives } from './actions.ts'
import { Hierarchy } from './hierarchy.ts'
import { RoleRights } from './rights.ts'
import type { AssignmentState, AzureState, DenyState, RoleState } from './state.ts'

const SURE: Hold = { conditions: [], doubt: null }

/** Azure role assignments and directory role assignments as a sum of grants. */
export class AzureModel implements GrantModel {
  readonly cloud = 'azure'
  readonly state: AzureState
  readonly principals: readonly NodeId[]
  readonly grants: readonly Grant[]
  readonly hierarchy: Hierarchy
  readonly membership: Membership
  private readonly roles: RoleRights
  private readonly byScope = new Map<string, Grant[]>()
  private readonly joinable: Int32Array
  private readonly groups: readonly number[]
  private readonly numbers: ReadonlyMap<string, number>
  private readonly denialSets = new Map<DenyState, Denial>()

  constructor(state: AzureState) {
    this.state = state
    this.roles = new RoleRights(state)
    this.principals = state.principals.map(({ id }) => nodeId('azure', id))
    this.numbers = new Map(state.principals.map(({ id }, i) => [id, i]))
    this.grants = state.assignments.map((assignment) => ({
      scope: assignment.scope,
      role: assignment.role,
      grantees: [assignment.principal],
      conditions: conditionsOf(assignment),
      at: assignment.at,
    }))
    for (const grant of this.grants) {
      const list = this.byScope.get(grant.scope)
      if (list === undefined) this.byScope.set(grant.scope, [grant])
      else list.push(grant)
    }
    this.hierarchy = new Hierarchy(state)
    const members = new Map([...state.groups].map(([group, { members }]) => [group, members]))
    const isOpen = (i: number): boolean => {
      const { kind, id } = state.principals[i] ?? { kind: 'user', id: '' }
      if (kind !== 'group' && kind !== 'unknown') return false
      return !state.groups.has(i) || isCutOff(state.gaps, 'group-members', id)
    }
    this.membership = new Membership(members, isOpen)
    // An application does not act itself: its service principal does.
    this.joinable = Int32Array.from(
      state.principals.flatMap(({ kind }, i) => (kind === 'application' ? [] : [i])),
    )
    this.groups = state.principals.flatMap(({ kind }, i) =>
      kind === 'group' || kind === 'unknown' ? [i] : [],
    )
  }

  get universe(): PermissionUniverse {
    return this.roles.universe
  }

  role(number: number): RoleState | undefined {
    return this.state.roles[number]
  }

  chain(resource: string): Chain {
    return this.hierarchy.chain(resource)
  }

  grantsAt(scope: string): readonly Grant[] {
    return this.byScope.get(scope) ?? []
  }

  rights(role: number): readonly Rights[] {
    return this.roles.rights(role)
  }

  ways(role: number, action: string): readonly Way[] {
    return this.roles.ways(role, action)
  }

  holds(grantee: number, principal: number): readonly Hold[] {
    if (grantee === principal || this.membership.groupsOf(principal).has(grantee)) return [SURE]
    return this.state.principals[principal]?.kind === 'application' ? [] : this.openHolds(grantee)
  }

  reach(grantee: number): readonly Reach[] {
    const inside = this.membership.closure(grantee)
    const maybe = this.openHolds(grantee).map((hold) => ({ hold, who: this.joinable, except: inside }))
    return [{ hold: SURE, who: inside, except: null }, ...maybe]
  }

  unfold(grantee: number): readonly { readonly grantee: number; readonly hold: Hold }[] {
    return [{ grantee, hold: SURE }]
  }

  *granteesOf(principal: number): Iterable<number> {
    yield principal
    yield* this.membership.groupsOf(principal).keys()
    for (const group of this.groups) if (this.membership.openIn(group).length > 0) yield group
  }

  denials(chain: Chain): readonly Denial[] {
    const scopes = new Set(chain.scopes.map(({ scope }) => scope))
    const own = chain.scopes[0]?.scope
    const missing = missingDenials(this.state.gaps, 'deny-assignments', [...scopes], this.universe)
    const imported = this.state.denies
      .filter((deny) => scopes.has(deny.scope) && (!deny.onlyHere || deny.scope === own))
      .map((deny) => this.denial(deny))
    return [...missing, ...imported]
  }

  reason(grant: Grant, grantee: number): Reason {
    const role = this.state.roles[grant.role]
    const who = this.state.principals[grantee]?.name ?? ''
    const layer = role?.directory === true ? 'directory role assignment' : 'role assignment'
    return { layer, effect: 'allow', says: `${role?.name ?? ''} on ${grant.scope} for ${who}`, at: grant.at }
  }

  trail(principal: number, grantee: number): readonly Reason[] {
    const way = this.membership.wayTo(principal, grantee)
    return way.slice(0, -1).map((member, i): Reason => {
      const group = way[i + 1] ?? -1
      const state = this.state.groups.get(group)
      const at = state?.at[state.members.indexOf(member)] ?? null
      return {
        layer: 'group membership',
        effect: 'allow',
        says: `${this.name(member)} is in ${this.name(group)}`,
        at,
      }
    })
  }

  nothing(action: string, resource: string): Reason {
    const says = `no assignment on ${resource} or above it gives ${action}`
    return { layer: 'role assignment', effect: 'none', says, at: null }
  }

  private name(number: number): string {
    return this.state.principals[number]?.name ?? ''
  }

  private openHolds(group: number): readonly Hold[] {
    const open = this.membership.openIn(group)
    if (open.length === 0) return []
    const says = `the members of ${open.map((g) => this.name(g)).join(', ')} were not imported`
    return [{ conditions: [], doubt: { what: 'group-memberships', says } }]
  }

  /**
   * Deny assignments are not evaluated: one touches every answer whose action and principal it names. A principal that
   * it surely excludes, itself or by a group, is not touched; its conditions are left out of account.
   */
  private denial(deny: DenyState): Denial {
    const known = this.denialSets.get(deny)
    if (known !== undefined) return known
    const asRole: RoleState = { id: '', name: deny.name, directory: false, blocks: deny.blocks }
    const actions = deny.blocks.reduce<PermissionSet>(
      (set, block) => set.union(this.roles.setOf(asRole, block)),
      this.universe.none,
    )
    const missing: Missing = {
      what: 'deny-assignment',
      says: `deny assignment ${deny.name} is not evaluated`,
    }
    const named = deny.principals.map((id) => this.numbers.get(id)).filter((n) => n !== undefined)
    const excluded = deny.excluded.map((id) => this.numbers.get(id)).filter((n) => n !== undefined)
    const isIn = (groups: readonly number[], p: number): boolean =>
      groups.some((g) => g === p || this.membership.groupsOf(p).has(g))
    const stranger = deny.principals.length > named.length
    const made: Denial = {
      actions,
      missing,
      matches: (action) => {
        const index = this.universe.indexOf(action)
        if (index !== undefined) return actions.has(index)
        return deny.blocks.some((block) =>
          this.roles.naturesOf(action).some((nature) => gives(asRole, block, nature, action)),
        )
      },
      touches: (p) =>
        !isIn(excluded, p) &&
        // A denied id that no export names may be a group that anyone is in.
        (deny.everyone || stranger || named.some((n) => this.holds(n, p).length > 0)),
    }
    this.denialSets.set(deny, made)
    return made
  }
}

function conditionsOf({ condition, mayHaveCondition }: AssignmentState): Grant['conditions'] {
  if (condition !== null)
    return [{ says: `condition of the assignment: ${oneLine(condition)}`, raw: condition }]
  if (!mayHaveCondition) return []
  return [{ says: 'no condition is attached to the assignment: the export leaves conditions out' }]
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
