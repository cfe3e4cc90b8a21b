import type { Missing, PermissionSet, Reason } from '../../graph/index.ts'
import type { Denial, Effect, Hold } from '../grants/model.ts'
import { gives } from './actions.ts'
import type { Left, Owned } from './conditions.ts'
import type { RoleRights } from './rights.ts'
import type { AzureState, BlockState, DenyState, RoleState } from './state.ts'

type Holds = (grantee: number, principal: number) => readonly Hold[]

/** Some of a deny assignment's actions and what is left of its conditions for them; null: that is not certain. */
interface Piece {
  readonly actions: PermissionSet
  readonly left: Left | null
}

/**
 * Deny assignments of an estate (Azure RBAC documentation, "Understand Azure deny assignments"). One surely denies where
 * scope, principal, exclusions and conditions are all certain; where one of them is not, what it may touch is unknown.
 */
export class DenyAssignments {
  private readonly state: AzureState
  private readonly rights: RoleRights
  private readonly holds: Holds
  private readonly numbers: ReadonlyMap<string, number>
  private readonly known = new Map<DenyState, readonly Denial[]>()

  /** `holds`: how a grantee means a principal, by itself or as a group; with a doubt it might. */
  constructor(state: AzureState, rights: RoleRights, holds: Holds) {
    this.state = state
    this.rights = rights
    this.holds = holds
    this.numbers = new Map(state.principals.map(({ id }, i) => [id, i]))
  }

  /** `scopeDoubt`: why it is not certain that the deny assignment lies above what is asked about. */
  of(deny: DenyState, scopeDoubt: Missing | null): readonly Denial[] {
    let known = this.known.get(deny)
    if (known === undefined) {
      known = this.made(deny)
      this.known.set(deny, known)
    }
    if (scopeDoubt === null) return known
    return known.map((denial) => ({
      actions: denial.actions,
      matches: (action) => denial.matches(action),
      touches: (principal) => denial.touches(principal),
      missing: scopeDoubt,
    }))
  }

  /** One denial for what it surely denies, one for each condition, one for what is not certain. */
  private made(deny: DenyState): Denial[] {
    const { sure, conditional, unclear } = this.pieces(deny)
    const asRole: RoleState = { id: '', name: deny.name, directory: false, blocks: deny.blocks }
    const listed = (set: PermissionSet, action: string): boolean | undefined => {
      const index = this.rights.universe.indexOf(action)
      return index === undefined ? undefined : set.has(index)
    }
    /** Of a name that no definition spells out: whether every nature it may be of is denied without condition. */
    const isSure = (action: string): boolean =>
      this.rights
        .naturesOf(action)
        .every((nature) =>
          deny.blocks.some(
            (block) => gives(asRole, block, nature, action) && isFree(this.leftOf(deny, block, action)),
          ),
        )
    const isOpen = (action: string): boolean =>
      !isSure(action) &&
      deny.blocks.some(
        (block) =>
          this.rights.naturesOf(action).some((nature) => gives(asRole, block, nature, action)) &&
          this.leftOf(deny, block, action) !== null,
      )
    return [
      this.denial(deny, sure, FREE, (action) => listed(sure, action) ?? isSure(action)),
      ...conditional.map(({ actions, left }) =>
        this.denial(deny, actions, left, (action) => listed(actions, action) ?? false),
      ),
      this.denial(deny, unclear, null, (action) => listed(unclear, action) ?? isOpen(action)),
    ]
  }

  private denial(
    deny: DenyState,
    actions: PermissionSet,
    left: Left | null,
    matches: (action: string) => boolean,
  ): Denial {
    const numbersOf = (ids: readonly string[]): number[] =>
      ids.map((id) => this.numbers.get(id)).filter((number) => number !== undefined)
    const named = numbersOf(deny.principals)
    const excluded = numbersOf(deny.excluded)
    const isSure = (grantee: number, p: number): boolean =>
      this.holds(grantee, p).some(({ doubt }) => doubt === null)
    const mayBe = (grantee: number, p: number): boolean => this.holds(grantee, p).length > 0
    const touches = (p: number): boolean =>
      (deny.everyone || named.some((n) => mayBe(n, p))) && !excluded.some((e) => isSure(e, p))
    const says = `deny assignment ${deny.name} on ${deny.scope}`
    const reason: Reason = { layer: 'deny assignment', effect: 'deny', says, at: deny.at }
    const missing: Missing = left?.doubt ?? {
      what: 'deny-assignment',
      says: `whether ${says} applies is not certain`,
    }
    const unknown: Effect = { kind: 'unknown', missing: [missing] }
    const applied = left === null || left.doubt !== null ? unknown : effectOf(left, reason)
    return {
      actions,
      missing,
      matches,
      touches,
      effect: (p) => {
        if (!touches(p)) return null
        const isNamed = deny.everyone || named.some((n) => isSure(n, p))
        // Of a group's members one may be excluded that the group itself is not.
        const mayBeExcluded =
          excluded.some((e) => mayBe(e, p)) || (excluded.length > 0 && this.standsForMany(p))
        return isNamed && !mayBeExcluded ? applied : unknown
      },
    }
  }

  /** The listed actions: surely denied, denied under a condition, and those of which that is not certain. */
  private pieces(deny: DenyState): {
    readonly sure: PermissionSet
    readonly conditional: readonly (Piece & { readonly left: Left })[]
    readonly unclear: PermissionSet
  } {
    const { universe, actions } = this.rights
    const { none } = universe
    const parts = (nature: 'control' | 'data'): { actions: PermissionSet; left: Left }[] =>
      deny.blocks.flatMap((block) =>
        this.rights.conditions.split(this.rights.part(block, nature), conditionsOf(deny, block)),
      )
    const [control, data] = [parts('control'), parts('data')]
    const union = (of: readonly Piece[]): PermissionSet =>
      of.reduce((set, piece) => set.union(piece.actions), none)
    const free = (of: readonly Piece[]): PermissionSet => union(of.filter(({ left }) => isFree(left)))
    // A name of both natures is surely denied only where both are.
    const ambiguous = actions.names.control.intersect(actions.names.data)
    const sure = free([...control, ...data])
      .minus(ambiguous)
      .union(free(control).intersect(free(data)))
    const conditional = [...control, ...data].flatMap(({ actions, left }) => {
      const mine = actions.minus(ambiguous).minus(sure)
      return isFree(left) || mine.isEmpty ? [] : [{ actions: mine, left }]
    })
    return {
      sure,
      conditional,
      unclear: union([...control, ...data])
        .intersect(ambiguous)
        .minus(sure),
    }
  }

  private leftOf(deny: DenyState, block: BlockState, action: string): Left | null {
    return this.rights.conditions.left(conditionsOf(deny, block), action)
  }

  private standsForMany(principal: number): boolean {
    const kind = this.state.principals[principal]?.kind
    return kind === 'group' || kind === 'unknown'
  }
}

const FREE: Left = { conditions: [], doubt: null }

function isFree(left: Left | null): boolean {
  return left !== null && left.conditions.length === 0 && left.doubt === null
}

/** A deny under conditions leaves the grant where one of them does not hold. */
function effectOf({ conditions }: Left, reason: Reason): Effect {
  if (conditions.length === 0) return { kind: 'denies', reason }
  const says = `not all of these hold: ${conditions.map((condition) => condition.says).join('; ')}`
  const [only] = conditions
  const one = only !== undefined && conditions.length === 1 ? { says: `not (${only.says})` } : { says }
  return { kind: 'denies-unless', condition: one, reason }
}

/** Conditions of the deny assignment and of one of its blocks. */
function conditionsOf(deny: DenyState, block: BlockState): Owned[] {
  const of = `deny assignment ${deny.name}`
  return [deny.condition, block.condition].flatMap((text) =>
    text === null ? [] : [{ text, of, denies: true }],
  )
}
