import type { NodeId, PermissionUniverse, Reason, Residual } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import { Membership } from '../grants/membership.ts'
import { isCutOff, missingDenials } from '../grants/gaps.ts'
import type { Chain, Denial, Grant, GrantModel, Hold, Reach, Rights, Way } from '../grants/model.ts'
import { oneLine } from '../one-line.ts'
import { Activations } from './activation.ts'
import { DenyAssignments } from './denials.ts'
import { EligibleHolds } from './eligible-holds.ts'
import { Eligible } from './eligible.ts'
import { Hierarchy } from './hierarchy.ts'
import type { ConditionedRole } from './rights.ts'
import { RoleRights } from './rights.ts'
import type { AssignmentState, AzureState, DelegationState, RoleState } from './state.ts'

const SURE: Hold = { conditions: [], doubt: null }

/** Azure role assignments and directory role assignments as a sum of grants. */
export class AzureModel implements GrantModel {
  readonly cloud = 'azure'
  readonly state: AzureState
  readonly principals: readonly NodeId[]
  readonly grants: readonly Grant[]
  readonly hierarchy: Hierarchy
  readonly membership: Membership
  readonly activations: Activations
  private readonly roles: RoleRights
  private readonly roleList: readonly ConditionedRole[]
  private readonly byScope = new Map<string, Grant[]>()
  private readonly joinable: Int32Array
  private readonly groups: readonly number[]
  private readonly denies: DenyAssignments
  private readonly eligible: Eligible
  private readonly eligibleHolds: EligibleHolds
  private readonly activated: ReadonlySet<Grant>
  private readonly delegations: ReadonlyMap<Grant, DelegationState>

  constructor(state: AzureState) {
    this.state = state
    this.activations = new Activations(state)
    const conditioned = new ConditionedRoles(state)
    this.principals = state.principals.map(({ id }) => nodeId('azure', id))
    this.grants = state.assignments.map((assignment) => ({
      scope: assignment.scope,
      role: conditioned.numberOf(assignment),
      grantees: [assignment.principal],
      conditions: [
        ...mayBeConditional(assignment),
        ...(assignment.delegation?.limits ?? this.activations.ofAssignment(assignment)),
      ],
      at: assignment.at,
    }))
    this.roleList = conditioned.list
    this.activated = new Set(this.grants.filter((_, i) => state.assignments[i]?.eligible === true))
    this.delegations = new Map(
      this.grants.flatMap((grant, i) => {
        const delegation = state.assignments[i]?.delegation
        return delegation === undefined ? [] : [[grant, delegation]]
      }),
    )
    this.roles = new RoleRights(state, this.roleList)
    for (const grant of this.grants) {
      const list = this.byScope.get(grant.scope)
      if (list === undefined) this.byScope.set(grant.scope, [grant])
      else list.push(grant)
    }
    this.hierarchy = new Hierarchy(state)
    const members = new Map([...state.groups].map(([group, { members }]) => [group, members]))
    const isOpen = (i: number): boolean => {
      const { kind, id, outside } = state.principals[i] ?? { kind: 'user', id: '' }
      if (outside !== undefined) return false
      if (kind !== 'group' && kind !== 'unknown') return false
      return !state.groups.has(i) || isCutOff(state.gaps, 'group-members', id)
    }
    this.membership = new Membership(members, isOpen)
    this.eligible = new Eligible(state.eligibleMembers, this.membership)
    this.eligibleHolds = new EligibleHolds(state, this.eligible, this.membership, this.activations)
    // An application does not act itself: its service principal does.
    this.joinable = Int32Array.from(
      state.principals.flatMap(({ kind }, i) => (kind === 'application' ? [] : [i])),
    )
    this.denies = new DenyAssignments(state, this.roles, (grantee, principal) =>
      this.standing(grantee, principal),
    )
    this.groups = state.principals.flatMap(({ kind }, i) =>
      kind === 'group' || kind === 'unknown' ? [i] : [],
    )
  }

  get universe(): PermissionUniverse {
    return this.roles.universe
  }

  role(number: number): RoleState | undefined {
    return this.roleList[number]?.role
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

  /** Whether a grant has to be activated first. */
  isEligible(grant: Grant): boolean {
    return this.activated.has(grant)
  }

  /** What Azure Lighthouse gives, and whose tenant gets it. */
  delegationOf(grant: Grant): DelegationState | undefined {
    return this.delegations.get(grant)
  }

  holds(grantee: number, principal: number): readonly Hold[] {
    const standing = this.standing(grantee, principal)
    if (standing.some(({ doubt }) => doubt === null)) return standing
    const byGroup = this.eligible.among(grantee).has(principal)
      ? [this.eligibleHolds.of(principal, grantee)]
      : []
    const isApplication = this.state.principals[principal]?.kind === 'application'
    return [...byGroup, ...standing, ...(isApplication ? [] : this.eligibleHolds.open(grantee))]
  }

  /** How a grantee means a principal without anything being activated. */
  private standing(grantee: number, principal: number): readonly Hold[] {
    if (grantee === principal || this.membership.groupsOf(principal).has(grantee)) return [SURE]
    return this.state.principals[principal]?.kind === 'application' ? [] : this.openHolds(grantee)
  }

  reach(grantee: number): readonly Reach[] {
    const inside = this.membership.closure(grantee)
    const maybe = [...this.openHolds(grantee), ...this.eligibleHolds.open(grantee)].map((hold) => ({
      hold,
      who: this.joinable,
      except: inside,
    }))
    return [{ hold: SURE, who: inside, except: null }, ...this.eligibleHolds.reach(grantee, inside), ...maybe]
  }

  unfold(grantee: number): readonly { readonly grantee: number; readonly hold: Hold }[] {
    return [{ grantee, hold: SURE }]
  }

  *granteesOf(principal: number): Iterable<number> {
    yield principal
    yield* this.membership.groupsOf(principal).keys()
    yield* this.eligible.groupsOf(principal)
    for (const group of this.groups)
      if (this.membership.openIn(group).length > 0 || this.eligibleHolds.open(group).length > 0) yield group
  }

  /** The conditions of the assignment that a grant is. */
  conditionsOn(grant: Grant): readonly Residual[] {
    const condition = this.roleList[grant.role]?.condition ?? null
    if (condition === null) return grant.conditions
    return [
      ...grant.conditions,
      { says: `condition of the assignment: ${oneLine(condition)}`, raw: condition },
    ]
  }

  denials(chain: Chain, action?: string): readonly Denial[] {
    const scopes = new Map(chain.scopes.map(({ scope, doubt }) => [scope, doubt]))
    const own = chain.scopes[0]?.scope
    const missing = missingDenials(this.state.gaps, 'deny-assignments', [...scopes.keys()], this.universe)
    const imported = this.state.denies
      .filter((deny) => scopes.has(deny.scope) && (!deny.onlyHere || deny.scope === own))
      .flatMap((deny) => this.denies.of(deny, scopes.get(deny.scope) ?? null, action))
    return [...missing, ...imported]
  }

  reason(grant: Grant, grantee: number): Reason {
    const role = this.role(grant.role)
    const who = this.state.principals[grantee]?.name ?? ''
    const delegation = this.delegations.get(grant)
    if (delegation !== undefined) {
      const { tenant, registration } = delegation
      const layer = this.isEligible(grant) ? 'eligible Lighthouse authorization' : 'Lighthouse authorization'
      const isOutside = this.state.principals[grantee]?.outside !== undefined
      const members = isOutside ? '; who is in it, if it is a group, was not imported' : ''
      const says = `${role?.name ?? ''} on ${grant.scope} for ${who} of the tenant ${tenant}, registration ${registration}${members}`
      return { layer, effect: 'allow', says, at: grant.at }
    }
    const kind = role?.directory === true ? 'directory role assignment' : 'role assignment'
    const layer = this.isEligible(grant) ? `eligible ${kind}` : kind
    return { layer, effect: 'allow', says: `${role?.name ?? ''} on ${grant.scope} for ${who}`, at: grant.at }
  }

  trail(principal: number, grantee: number): readonly Reason[] {
    const activations = this.eligible.wayTo(principal, grantee)
    const led = activations.flatMap(({ at, entry }): readonly Reason[] => {
      const says = `${this.name(entry.principal)} may become a member of ${this.name(entry.group)}`
      const step: Reason = { layer: 'eligible group membership', effect: 'allow', says, at: entry.at }
      return [...this.steps(this.membership.wayTo(at, entry.principal)), step]
    })
    const from = activations.at(-1)?.entry.group ?? principal
    return [...led, ...this.steps(this.membership.wayTo(from, grantee))]
  }

  private steps(way: readonly number[]): readonly Reason[] {
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
}

/** Roles as the assignments give them: a role under another condition is another one to the grant engine. */
class ConditionedRoles {
  readonly list: ConditionedRole[]
  private readonly state: AzureState
  private readonly numbers = new Map<string, number>()

  constructor(state: AzureState) {
    this.state = state
    this.list = state.roles.map((role) => ({ role, condition: null }))
  }

  numberOf({ role, condition }: AssignmentState): number {
    if (condition === null) return role
    const key = `${role} ${condition}`
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.list.push({ role: this.state.roles[role], condition }) - 1
      this.numbers.set(key, number)
    }
    return number
  }
}

function mayBeConditional({ mayHaveCondition, condition }: AssignmentState): Grant['conditions'] {
  if (!mayHaveCondition || condition !== null) return []
  return [{ says: 'no condition is attached to the assignment: the export leaves conditions out' }]
}
