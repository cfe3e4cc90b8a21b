import type { Missing, NodeId, PermissionSet, Reason, Residual } from '../../graph/index.ts'
import { PermissionUniverse, PermissionSet as Permissions, nodeId } from '../../graph/index.ts'
import { missingDenials } from '../grants/gaps.ts'
import type {
  Chain,
  Denial,
  Grant,
  GrantModel,
  Hold,
  Left,
  LeftPart,
  Reach,
  Rights,
  Way,
} from '../grants/model.ts'
import { Boundaries } from './boundaries.ts'
import { Conditions, sentence } from './conditions.ts'
import { Denials } from './denials.ts'
import { Hierarchy } from './hierarchy.ts'
import { Meaning } from './meaning.ts'
import { canonicalPermission } from './permission-name.ts'
import { shortName } from './resource-name.ts'
import type { BindingState, GcpState } from './state.ts'

/** GCP's allow policies as a sum of grants. */
export class GcpModel implements GrantModel {
  readonly cloud = 'gcp'
  readonly state: GcpState
  readonly universe: PermissionUniverse
  readonly principals: readonly NodeId[]
  readonly grants: readonly Grant[]
  readonly hierarchy: Hierarchy
  readonly meaning: Meaning
  private readonly conditions: Conditions
  private readonly byScope = new Map<string, Grant[]>()
  private readonly sets = new Map<number, PermissionSet>()
  /** From a role's permission index to the universe's. */
  private readonly places: readonly number[]
  private denialIndex: Denials | undefined
  private boundaryIndex: Boundaries | undefined

  constructor(state: GcpState) {
    this.state = state
    this.universe = new PermissionUniverse(state.permissions)
    this.places = state.permissions.map((name) => this.universe.indexOf(name) ?? 0)
    this.principals = state.members.slice(0, state.principals).map((member) => nodeId('gcp', member))
    this.grants = state.bindings.map((binding) => ({
      scope: binding.scope,
      role: binding.role,
      grantees: binding.members,
      conditions: conditionsOf(binding),
      at: binding.at,
    }))
    for (const grant of this.grants) {
      const list = this.byScope.get(grant.scope)
      if (list === undefined) this.byScope.set(grant.scope, [grant])
      else list.push(grant)
    }
    this.hierarchy = new Hierarchy(state)
    this.conditions = new Conditions(state.takenAt, this.universe)
    this.meaning = new Meaning(
      state,
      this.hierarchy,
      (scope) => this.grantsAt(scope),
      (grant) => this.left(grant, ''),
    )
  }

  left(grant: Grant, action: string): Left | null {
    return this.conditions.left(grant, canonicalPermission(action))
  }

  leftParts(grant: Grant): readonly LeftPart[] {
    return this.conditions.parts(grant)
  }

  chain(resource: string): Chain {
    return this.hierarchy.chain(resource)
  }

  grantsAt(scope: string): readonly Grant[] {
    return this.byScope.get(scope) ?? []
  }

  rights(role: number): readonly Rights[] {
    const doubt = this.doubtOf(role)
    if (doubt !== null) return [{ actions: this.universe.all, unlisted: ['*'], conditions: [], doubt }]
    return [{ actions: this.setOf(role), unlisted: [], conditions: [], doubt: null }]
  }

  ways(role: number, action: string): readonly Way[] {
    const doubt = this.doubtOf(role)
    if (doubt !== null) return [{ conditions: [], doubt }]
    const index = this.universe.indexOf(canonicalPermission(action))
    return index !== undefined && this.setOf(role).has(index) ? [{ conditions: [], doubt: null }] : []
  }

  holds(grantee: number, principal: number): readonly Hold[] {
    return this.meaning.holds(grantee, principal)
  }

  reach(grantee: number): readonly Reach[] {
    return this.meaning.reach(grantee)
  }

  unfold(grantee: number): readonly { readonly grantee: number; readonly hold: Hold }[] {
    return this.meaning.unfold(grantee)
  }

  *granteesOf(principal: number): Iterable<number> {
    yield principal
    yield* this.meaning.membership.groupsOf(principal).keys()
    for (const grantee of this.wide()) if (this.meaning.holds(grantee, principal).length > 0) yield grantee
  }

  denials(chain: Chain): readonly Denial[] {
    const scopes = chain.scopes.map(({ scope }) => scope)
    const missing = missingDenials(this.state.gaps, 'deny-policies', scopes, this.universe)
    if (this.state.denies.length + this.state.boundaries.length === 0) return missing
    this.denialIndex ??= new Denials(this.state, this.universe, this.meaning)
    this.boundaryIndex ??= new Boundaries(this.state, this.universe, this.meaning, this.hierarchy)
    return [...missing, ...this.denialIndex.at(scopes), ...this.boundaryIndex.at(scopes)]
  }

  reason(grant: Grant, grantee: number): Reason {
    const role = this.state.roles[grant.role]?.name ?? ''
    const who = this.state.members[grantee] ?? ''
    return {
      layer: 'allow policy',
      effect: 'allow',
      says: `${role} on ${shortName(grant.scope)} for ${who}`,
      at: grant.at,
    }
  }

  trail(principal: number, grantee: number): readonly Reason[] {
    const way = this.meaning.membership.wayTo(principal, grantee)
    return way.slice(0, -1).map((member, i): Reason => {
      const group = way[i + 1] ?? -1
      const state = this.state.groups.get(group)
      const at = state?.at[state.members.indexOf(member)] ?? null
      const says = `${this.state.members[member] ?? ''} is in ${this.state.members[group] ?? ''}`
      return { layer: 'group membership', effect: 'allow', says, at }
    })
  }

  nothing(action: string, resource: string): Reason {
    const says = `no binding on ${shortName(resource)} or above it gives ${action}`
    return { layer: 'allow policy', effect: 'none', says, at: null }
  }

  setOf(role: number): PermissionSet {
    let set = this.sets.get(role)
    if (set === undefined) {
      const listed = this.state.roles[role]?.permissions ?? []
      set = Permissions.of(
        this.universe.size,
        listed.map((p) => this.places[p] ?? 0),
      )
      this.sets.set(role, set)
    }
    return set
  }

  private doubtOf(role: number): Missing | null {
    const state = this.state.roles[role]
    if (state === undefined || state.permissions !== null) return null
    return { what: 'role-definitions', says: `the definition of ${state.name} was not imported` }
  }

  /** Grantees that may mean others than themselves, without being listed in a known group. */
  private wide(): readonly number[] {
    this.wideGrantees ??= this.state.members.flatMap((_, i) => {
      const { type } = this.meaning.population.of(i)
      if (type === 'group') return this.meaning.membership.openIn(i).length > 0 ? [i] : []
      return ['user', 'serviceAccount', 'pool-subject'].includes(type) ? [] : [i]
    })
    return this.wideGrantees
  }

  private wideGrantees: readonly number[] | undefined
}

/** What must be done first, and the condition as it is written. */
function conditionsOf({ after, condition }: BindingState): readonly Residual[] {
  const first = after === null ? [] : [{ says: after }]
  if (condition === null) return first
  return [...first, { says: sentence(condition.title, condition.expression), raw: condition.expression }]
}
