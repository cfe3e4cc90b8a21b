import type { Missing, NodeId, Residual } from '../../graph/index.ts'
import { effectOn } from './effect.ts'
import { leftFor } from './left.ts'
import type { Denial, Grant, GrantModel } from './model.ts'

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
  private readonly cache = new Map<string, Map<string, readonly Holder[]>>()

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
    let byScope = this.cache.get(action)
    if (byScope === undefined) {
      byScope = new Map()
      this.cache.set(action, byScope)
    }
    let holders = byScope.get(scope)
    if (holders === undefined) {
      holders = [...this.find(action, scope)]
      byScope.set(scope, holders)
    }
    return holders
  }

  private *find(action: string, scope: string): Generator<Holder> {
    for (const grant of this.model.grantsAt(scope)) {
      const ways = this.model.ways(grant.role, action)
      const left = ways.length === 0 ? null : leftFor(this.model, grant, action)
      if (left === null) continue
      for (const way of ways) {
        const isUndefined = way.doubt?.what === 'role-definitions'
        if (isUndefined && !this.known(grant.role, action)) continue
        for (const named of grant.grantees) {
          for (const { grantee, hold } of this.model.unfold(named)) {
            const principal = this.model.principals[grantee]
            if (principal === undefined) continue
            yield {
              grantee,
              principal,
              grant,
              conditions: [...left.conditions, ...way.conditions, ...hold.conditions],
              doubts: [left.doubt, isUndefined ? null : way.doubt, hold.doubt].filter(
                (doubt) => doubt !== null,
              ),
            }
          }
        }
      }
    }
  }
}

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
