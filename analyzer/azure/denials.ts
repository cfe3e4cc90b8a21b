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

  /**
   * `scopeDoubt`: why it is not certain that the deny assignment lies above what is asked about. `action`: when the
   * denials of one action suffice.
   */
  of(deny: DenyState, scopeDoubt: Missing | null, action?: string): readonly Denial[] {
    const isListed = action === undefined || this.rights.universe.indexOf(action) !== undefined
    const denials = isListed ? this.ofListed(deny) : this.ofUnlisted(deny, action)
    if (scopeDoubt === null) return denials
    return denials.map((denial) => ({
      actions: denial.actions,
      matches: (asked) => denial.matches(asked),
      touches: (principal) => denial.touches(principal),
      missing: scopeDoubt,
    }))
  }

  /** One denial for what it surely denies, one for each condition, one for what is not certain. */
  private ofListed(deny: DenyState): readonly Denial[] {
    let known = this.known.get(deny)
    if (known === undefined) {
      const { sure, conditional, unclear } = this.pieces(deny)
      known = [
        this.denial(deny, sure, FREE),
        ...conditional.map(({ actions, left }) => this.denial(deny, actions, left)),
        // Also where it is empty: what it denies of names that no definition spells out is told when one is asked for.
        this.denial(deny, unclear, null),
      ]
      this.known.set(deny, known)
    }
    return known
  }

  /** Of a name that no definition spells out. */
  private ofUnlisted(deny: DenyState, action: string): readonly Denial[] {
    const asRole: RoleState = { id: '', name: deny.name, directory: false, blocks: deny.blocks }
    const byNature = this.rights.naturesOf(action).map((nature) =>
      deny.blocks.flatMap((block): Left[] => {
        if (!gives(asRole, block, nature, action)) return []
        const left = this.rights.conditions.left(conditionsOf(deny, block), action)
        return left === null ? [] : [left]
      }),
    )
    const { none } = this.rights.universe
    const [only, ...others] = byNature
    if (only === undefined || byNature.every((lefts) => lefts.length === 0)) return []
    const isSure = byNature.every((lefts) => lefts.some(isFree))
    // Which of its natures is meant is not known: only what both say is certain.
    const lefts: readonly (Left | null)[] = isSure ? [FREE] : others.length > 0 ? [null] : only
    return lefts.map((left) => this.denial(deny, none, left, action))
  }

  private denial(deny: DenyState, actions: PermissionSet, left: Left | null, unlisted?: string): Denial {
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
      matches: (action) => {
        const index = this.rights.universe.indexOf(action)
        return index === undefined ? action === unlisted : actions.has(index)
      },
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
