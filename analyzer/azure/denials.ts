import type { Missing, PermissionSet } from '../../graph/index.ts'
import type { Denial, Hold } from '../grants/model.ts'
import type { Nature } from './actions.ts'
import { gives } from './actions.ts'
import type { Left, Owned } from './conditions.ts'
import type { RoleRights } from './rights.ts'
import type { AzureState, BlockState, DenyState, RoleState } from './state.ts'

type Holds = (grantee: number, principal: number) => readonly Hold[]

/**
 * Deny assignments of an estate (Azure RBAC documentation, "Understand Azure deny assignments"). One surely denies where
 * scope, principal, exclusions and conditions are all certain; where one of them is not, what it may touch is unknown.
 */
export class DenyAssignments {
  private readonly state: AzureState
  private readonly rights: RoleRights
  private readonly holds: Holds
  private readonly numbers: ReadonlyMap<string, number>
  private readonly known = new Map<DenyState, Denial>()

  /** `holds`: how a grantee means a principal, by itself or as a group; with a doubt it might. */
  constructor(state: AzureState, rights: RoleRights, holds: Holds) {
    this.state = state
    this.rights = rights
    this.holds = holds
    this.numbers = new Map(state.principals.map(({ id }, i) => [id, i]))
  }

  /** `scopeDoubt`: why it is not certain that the deny assignment lies above what is asked about. */
  of(deny: DenyState, scopeDoubt: Missing | null): Denial {
    let known = this.known.get(deny)
    if (known === undefined) {
      known = this.made(deny)
      this.known.set(deny, known)
    }
    if (scopeDoubt === null) return known
    const { actions, matches, touches } = known
    return { actions, matches, touches, missing: scopeDoubt }
  }

  private made(deny: DenyState): Denial {
    const asRole: RoleState = { id: '', name: deny.name, directory: false, blocks: deny.blocks }
    const numbersOf = (ids: readonly string[]): number[] =>
      ids.map((id) => this.numbers.get(id)).filter((number) => number !== undefined)
    const named = numbersOf(deny.principals)
    const excluded = numbersOf(deny.excluded)
    const isSure = (grantee: number, p: number): boolean =>
      this.holds(grantee, p).some(({ doubt }) => doubt === null)
    const mayBe = (grantee: number, p: number): boolean => this.holds(grantee, p).length > 0
    const denies = (p: number): boolean =>
      (deny.everyone || named.some((n) => isSure(n, p))) && !excluded.some((e) => mayBe(e, p))
    const reason = `deny assignment ${deny.name} on ${deny.scope}`
    return {
      actions: this.actions(deny, asRole, false),
      missing: { what: 'deny-assignment', says: `whether ${reason} applies is not certain` },
      matches: (action) => this.rights.naturesOf(action).some((n) => this.names(deny, asRole, n, action, false)),
      touches: (p) =>
        (deny.everyone || named.some((n) => mayBe(n, p))) && !excluded.some((e) => isSure(e, p)),
      sure: {
        actions: this.actions(deny, asRole, true),
        reason: { layer: 'deny assignment', effect: 'deny', says: reason, at: deny.at },
        matches: (action) =>
          this.rights.naturesOf(action).every((n) => this.names(deny, asRole, n, action, true)),
        denies,
        // Of a group's members one may be excluded that the group itself is not.
        deniesAll: (p) => denies(p) && (excluded.length === 0 || !this.standsForMany(p)),
      },
    }
  }

  /** Whether a block names an action as one of a nature and its conditions hold; `surely` or only maybe. */
  private names(deny: DenyState, asRole: RoleState, nature: Nature, action: string, surely: boolean): boolean {
    return deny.blocks.some((block) => {
      if (!gives(asRole, block, nature, action)) return false
      return applies(this.rights.conditions.left(conditionsOf(deny, block), action), surely)
    })
  }

  private actions(deny: DenyState, asRole: RoleState, surely: boolean): PermissionSet {
    const { universe, actions } = this.rights
    if (!surely && deny.condition === null && deny.blocks.every(({ condition }) => condition === null))
      return deny.blocks.reduce((set, block) => set.union(this.rights.setOf(asRole, block)), universe.none)
    const of = (nature: 'control' | 'data'): PermissionSet =>
      deny.blocks.reduce((set, block) => {
        const pieces = this.rights.conditions.split(this.rights.part(block, nature), conditionsOf(deny, block))
        return pieces.reduce((all, piece) => (applies(piece.left, surely) ? all.union(piece.actions) : all), set)
      }, universe.none)
    const control = of('control')
    const data = of('data')
    if (!surely) return control.union(data)
    // A name of both natures is surely denied only where both are.
    const ambiguous = actions.names.control.intersect(actions.names.data)
    return control.union(data).minus(ambiguous).union(control.intersect(data))
  }

  private standsForMany(principal: number): boolean {
    const kind = this.state.principals[principal]?.kind
    return kind === 'group' || kind === 'unknown'
  }
}

function applies(left: Left | null, surely: boolean): boolean {
  if (left === null) return false
  return !surely || (left.conditions.length === 0 && left.doubt === null)
}

/** Conditions of the deny assignment and of one of its blocks. */
function conditionsOf(deny: DenyState, block: BlockState): Owned[] {
  const of = `deny assignment ${deny.name}`
  return [deny.condition, block.condition].flatMap((text) => (text === null ? [] : [{ text, of, denies: true }]))
}
