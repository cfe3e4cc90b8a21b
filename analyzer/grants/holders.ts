import type { Missing, NodeId, Residual } from '../../graph/index.ts'
import { effectOn } from './effect.ts'
import { leftFor } from './left.ts'
import type { Denial, Grant, GrantModel, Left, Way } from './model.ts'

/** A grantee, as a grant names it, that may do something: what edges and facts start from. */
export interface Holder {
  readonly grantee: number
  readonly principal: NodeId
  readonly grant: Grant
  readonly conditions: readonly Residual[]
  /** Missing facts; empty: it surely may, where the conditions hold. */
  readonly doubts: readonly Missing[]
}

/**
 * Who holds an action where, without taking groups and sets apart: that is what makes an estate's edges few. Roles whose
 * definition was not imported give nothing here, unless `known` tells that they contain the action.
 */
export class Holders {
  private readonly model: GrantModel
  private readonly known: (role: number, action: string) => boolean
  /** What each role gives of an action, and who holds it where somebody does: most actions are held in few scopes. */
  private readonly actions = new Map<string, HeldAction>()

  constructor(model: GrantModel, known: (role: number, action: string) => boolean) {
    this.model = model
    this.known = known
  }

  /** By the grants on the resource itself and on all above it. */
  of(action: string, resource: string): readonly Holder[] {
    const chain = this.model.chain(resource)
    const denials = this.model.denials(chain, action).filter((denial) => denial.matches(action))
    const found = chain.scopes.flatMap(({ scope, doubt }) => {
      const here = this.at(action, scope)
      return doubt === null ? here : here.map((holder) => ({ ...holder, doubts: [...holder.doubts, doubt] }))
    })
    return denials.length === 0 ? found : found.flatMap((holder) => undenied(holder, denials))
  }

  /** By the grants on the scope alone; deny policies are left out of account. */
  at(action: string, scope: string): readonly Holder[] {
    const grants = this.model.grantsAt(scope)
    if (grants.length === 0) return NOBODY
    let held = this.actions.get(action)
    if (held === undefined) {
      held = { ways: new Map(), byScope: new Map() }
      this.actions.set(action, held)
    }
    const known = held.byScope.get(scope)
    if (known !== undefined) return known
    let found: Holder[] | undefined
    for (const grant of grants) {
      let ways = held.ways.get(grant.role)
      if (ways === undefined) {
        ways = this.waysOf(grant.role, action)
        held.ways.set(grant.role, ways)
      }
      const left = ways.length === 0 ? null : leftFor(this.model, grant, action)
      if (left === null) continue
      found ??= []
      for (const way of ways) this.addHolders(found, grant, way, left)
    }
    if (found === undefined) return NOBODY
    held.byScope.set(scope, found)
    return found
  }

  /** Ways of a role, but for those of a role whose definition is missing and that is not known to contain the action. */
  private waysOf(role: number, action: string): readonly Way[] {
    return this.model
      .ways(role, action)
      .filter(({ doubt }) => doubt?.what !== 'role-definitions' || this.known(role, action))
  }

  private addHolders(found: Holder[], grant: Grant, way: Way, left: Left): void {
    const isUndefined = way.doubt?.what === 'role-definitions'
    for (const named of grant.grantees) {
      for (const { grantee, hold } of this.model.unfold(named)) {
        const principal = this.model.principals[grantee]
        if (principal === undefined) continue
        found.push({
          grantee,
          principal,
          grant,
          conditions: [...left.conditions, ...way.conditions, ...hold.conditions],
          doubts: [left.doubt, isUndefined ? null : way.doubt, hold.doubt].filter((doubt) => doubt !== null),
        })
      }
    }
  }
}

interface HeldAction {
  readonly ways: Map<number, readonly Way[]>
  readonly byScope: Map<string, readonly Holder[]>
}

const NOBODY: readonly Holder[] = []

/** A holder as denials leave it: gone, bound to more conditions, or in doubt. */
export function undenied(holder: Holder, denials: readonly Denial[]): readonly Holder[] {
  const conditions = [...holder.conditions]
  const doubts = [...holder.doubts]
  for (const denial of denials) {
    const effect = effectOn(denial, holder.grantee)
    if (effect?.kind === 'denies') return []
    if (effect?.kind === 'denies-unless') conditions.push(effect.condition)
    else if (effect?.kind === 'unknown') doubts.push(...effect.missing)
  }
  return [{ ...holder, conditions, doubts }]
}
