import type { Missing, NodeId, Residual } from '../../graph/index.ts'
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
    const denials = this.model.denials(chain).filter((denial) => denial.matches(action))
    const found = chain.scopes.flatMap(({ scope, doubt }) => {
      const here = this.at(action, scope)
      return doubt === null ? here : here.map((holder) => ({ ...holder, doubts: [...holder.doubts, doubt] }))
    })
    return undenied(found, denials, action)
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
      for (const way of this.model.ways(grant.role, action)) {
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
              conditions: [...grant.conditions, ...way.conditions, ...hold.conditions],
              doubts: [isUndefined ? null : way.doubt, hold.doubt].filter((doubt) => doubt !== null),
            }
          }
        }
      }
    }
  }
}

/** Holders without those whom a deny surely stops; those whom one may stop have a doubt more. */
export function undenied(
  holders: readonly Holder[],
  denials: readonly Denial[],
  action: string,
): readonly Holder[] {
  if (denials.length === 0) return holders
  return holders.flatMap((holder) => {
    const { grantee } = holder
    if (denials.some(({ sure }) => sure?.matches(action) === true && sure.deniesAll(grantee))) return []
    const touching = denials.filter((denial) => denial.touches(grantee)).map(({ missing }) => missing)
    return [touching.length === 0 ? holder : { ...holder, doubts: [...holder.doubts, ...touching] }]
  })
}
