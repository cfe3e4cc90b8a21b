import type { Answer, Missing, NodeId, Privilege, WhoCanRow } from '../../graph/index.ts'
import { GomeisaError, isNonEmpty, nativeId } from '../../graph/index.ts'
import { decide } from './decide.ts'
import type { Hit } from './decide.ts'
import { effectOn } from './effect.ts'
import { leftFor } from './left.ts'
import type { Chain, Denial, Effect, Grant, GrantModel, Hold, Left, Way } from './model.ts'
import { privilegesByScope, privilegesOn } from './privileges.ts'
import { Signatures } from './signatures.ts'

/** Answers the three questions over a sum of grants. */
export class GrantEngine {
  readonly model: GrantModel
  private readonly numbers: ReadonlyMap<NodeId, number>
  private byGrantee: ReadonlyMap<number, readonly Grant[]> | undefined

  constructor(model: GrantModel) {
    this.model = model
    this.numbers = new Map(model.principals.map((id, i) => [id, i]))
  }

  /** The number of a principal; an unknown one is `NOT_FOUND`. */
  numberOf(principal: NodeId): number {
    const number = this.numbers.get(principal)
    if (number !== undefined) return number
    throw new GomeisaError('NOT_FOUND', `no principal \`${nativeId(principal)}\` in the imported exports`)
  }

  can(principal: NodeId, action: string, resource: string): Answer {
    return this.canNumber(this.numberOf(principal), action, resource)
  }

  canNumber(principal: number, action: string, resource: string): Answer {
    const { model } = this
    const chain = model.chain(resource)
    const hits: Hit[] = []
    for (const { grant, grantee, way, left, doubt } of this.candidates(chain, action)) {
      for (const hold of model.holds(grantee, principal)) {
        const reasons = [model.reason(grant, grantee), ...model.trail(principal, grantee)]
        hits.push({ reasons, ...combined(left, way, hold, doubt) })
      }
    }
    const denials = model
      .denials(chain, action)
      .flatMap((denial) => (denial.matches(action) ? (effectOn(denial, principal) ?? []) : []))
    return decide(hits, chain.doubts, denials, model.nothing(action, resource))
  }

  whoCan(action: string, resource: string): readonly WhoCanRow[] {
    const { model } = this
    const chain = model.chain(resource)
    const signatures = new Signatures(model.principals.length)
    const hits: (Hit | Effect)[] = []
    for (const { grant, grantee, way, left, doubt } of this.candidates(chain, action)) {
      for (const { hold, who, except } of model.reach(grantee)) {
        hits.push({ reasons: [model.reason(grant, grantee)], ...combined(left, way, hold, doubt) })
        signatures.add(who, except)
      }
    }
    for (const denial of model.denials(chain, action)) {
      if (!denial.matches(action)) continue
      for (const [effect, who] of byEffect(
        denial,
        signatures.marked(chain.doubts.length > 0, () => true),
      )) {
        hits.push(effect)
        signatures.add(who, null)
      }
    }
    const rows: WhoCanRow[] = []
    const nothing = model.nothing(action, resource)
    for (const { marks, who } of signatures.groups(chain.doubts.length > 0)) {
      const mine = marks.map((mark) => hits[mark]).filter((hit) => hit !== undefined)
      const answer = decide(
        mine.filter((hit) => 'reasons' in hit),
        chain.doubts,
        mine.filter((hit) => 'kind' in hit),
        nothing,
      )
      const principals = who.map((p) => model.principals[p]).filter((id) => id !== undefined)
      if (answer.decision !== 'denied' && isNonEmpty(principals)) rows.push({ principals, answer })
    }
    return rows
  }

  whatCan(principal: NodeId, resource?: string): readonly Privilege[] {
    const number = this.numberOf(principal)
    if (resource !== undefined) return privilegesOn(this.model, number, resource)
    return privilegesByScope(this.model, number, this.grantsOf(number))
  }

  private *candidates(
    chain: Chain,
    action: string,
  ): Generator<{ grant: Grant; grantee: number; way: Way; left: Left; doubt: Missing | null }> {
    for (const { scope, doubt } of chain.scopes) {
      for (const grant of this.model.grantsAt(scope)) {
        const ways = this.model.ways(grant.role, action)
        const left = ways.length === 0 ? null : leftFor(this.model, grant, action)
        if (left === null) continue
        for (const way of ways)
          for (const grantee of grant.grantees) yield { grant, grantee, way, left, doubt }
      }
    }
  }

  private grantsOf(principal: number): readonly { grant: Grant; grantee: number }[] {
    this.byGrantee ??= indexed(this.model.grants)
    const found: { grant: Grant; grantee: number }[] = []
    for (const grantee of new Set(this.model.granteesOf(principal))) {
      for (const grant of this.byGrantee.get(grantee) ?? []) found.push({ grant, grantee })
    }
    return found
  }
}

/** Principals whom a denial touches, by what it does to them. */
function byEffect(denial: Denial, principals: Iterable<number>): Iterable<readonly [Effect, number[]]> {
  const found = new Map<string, [Effect, number[]]>()
  for (const principal of principals) {
    const effect = effectOn(denial, principal)
    if (effect === null) continue
    const key = JSON.stringify(effect)
    const known = found.get(key)
    if (known === undefined) found.set(key, [effect, [principal]])
    else known[1].push(principal)
  }
  return found.values()
}

function combined(
  left: Left,
  way: Way,
  hold: Hold,
  scopeDoubt: Missing | null,
): Pick<Hit, 'conditions' | 'doubts'> {
  return {
    conditions: [...left.conditions, ...way.conditions, ...hold.conditions],
    doubts: [scopeDoubt, left.doubt, way.doubt, hold.doubt].filter((doubt) => doubt !== null),
  }
}

function indexed(grants: readonly Grant[]): ReadonlyMap<number, readonly Grant[]> {
  const index = new Map<number, Grant[]>()
  for (const grant of grants) {
    for (const grantee of grant.grantees) {
      const list = index.get(grantee)
      if (list === undefined) index.set(grantee, [grant])
      else list.push(grant)
    }
  }
  return index
}
