import type { PermissionUniverse, Reason } from '../../graph/index.ts'
import type { Denial, Effect } from '../grants/model.ts'
import { effectOf } from './denials.ts'
import type { Hierarchy } from './hierarchy.ts'
import type { Meaning } from './meaning.ts'
import type { Member } from './member.ts'
import { poolKey } from './member.ts'
import { boundaryStates, eligible } from './policy/boundary.ts'
import type { Formula } from './policy/formula.ts'
import { missing, not } from './policy/formula.ts'
import { principalScope } from './policy/principal-scope.ts'
import { isGoogle } from './population.ts'
import { RESOURCE_MANAGER } from './resource-name.ts'
import type { GcpState } from './state.ts'

/**
 * Principal access boundaries as denials of what they keep their principals from. Which permissions an enforcement version
 * blocks is not part of any export, so that somebody whom boundaries make ineligible for a resource is left unknown there.
 */
export class Boundaries {
  private readonly state: GcpState
  private readonly universe: PermissionUniverse
  private readonly meaning: Meaning
  private readonly hierarchy: Hierarchy
  private readonly made = new Map<string, Denial>()

  constructor(state: GcpState, universe: PermissionUniverse, meaning: Meaning, hierarchy: Hierarchy) {
    this.state = state
    this.universe = universe
    this.meaning = meaning
    this.hierarchy = hierarchy
  }

  at(scopes: readonly string[]): readonly Denial[] {
    const { boundaries } = this.state
    const [first] = boundaries
    if (first === undefined) return []
    const inside = boundaries.map(
      ({ boundary }) => boundary.rules?.resources.some((name) => scopes.includes(name)) ?? null,
    )
    const key = JSON.stringify(inside)
    let denial = this.made.get(key)
    if (denial === undefined) {
      denial = this.denial(new Set(scopes), first.at)
      this.made.set(key, denial)
    }
    return [denial]
  }

  private denial(scopes: ReadonlySet<string>, at: Reason['at']): Denial {
    const says = 'no principal access boundary that it is bound to holds the resource'
    const reason: Reason = { layer: 'principal access boundary', effect: 'deny', says, at }
    const effects = new Map<number, Effect | null>()
    const effect = (principal: number): Effect | null => {
      let known = effects.get(principal)
      if (known === undefined) {
        known = effectOf(not(this.eligible(principal, scopes)), reason)
        effects.set(principal, known)
      }
      return known
    }
    return {
      actions: this.universe.all,
      missing: {
        what: 'boundary-policies',
        says: 'whether a principal access boundary blocks it is not known',
      },
      matches: () => true,
      touches: (principal) => effect(principal) !== null,
      effect,
    }
  }

  private eligible(principal: number, scopes: ReadonlySet<string>): Formula {
    const who = this.meaning.population.of(principal)
    const name = this.state.members[principal] ?? ''
    const states = boundaryStates(
      this.state.boundaries.map(({ boundary }) => boundary),
      {
        permission: 'it',
        scopes,
        inSet: (set) => this.inSet(set, who, principal),
        scope: principalScope(who, name),
        enforcement: new Map(),
      },
    )
    return eligible(states)
  }

  private inSet(set: string, who: Member, principal: number): Formula {
    if (who.type === 'allUsers') return false
    const pool = /^\/\/iam\.googleapis\.com\/(.+Pools\/[^/]+)$/.exec(set)?.[1]
    if (pool !== undefined) return 'pool' in who && poolKey(who.pool) === poolKey(pool)
    if (!set.startsWith(RESOURCE_MANAGER))
      return isGoogle(who) && who.type !== 'serviceAccount' ? unknown(set) : false
    const container = set.slice(RESOURCE_MANAGER.length)
    if (who.type === 'serviceAccount') {
      return this.meaning.population.accountIsIn(principal, container, this.hierarchy) ?? unknown(set)
    }
    // Projects and folders hold no people, only what is made in them.
    if (isGoogle(who) && !container.startsWith('organizations/'))
      return who.type === 'user' ? false : unknown(set)
    return unknown(set)
  }
}

function unknown(set: string): Formula {
  return missing('principal-set', `who is of ${set} was not imported`)
}
