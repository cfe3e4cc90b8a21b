import type { Answer, Missing, NodeId, Privilege, Reason, WhoCanRow } from '../../graph/index.ts'
import { GomeisaError, isNonEmpty, nativeId } from '../../graph/index.ts'
import { decide } from './decide.ts'
import type { Hit } from './decide.ts'
import type { Chain, Grant, GrantModel, Hold, Way } from './model.ts'
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
    for (const { grant, grantee, way, doubt } of this.candidates(chain, action)) {
      for (const hold of model.holds(grantee, principal)) {
        const reasons = [model.reason(grant, grantee), ...model.trail(principal, grantee)]
        hits.push({ reasons, ...combined(grant, way, hold, doubt) })
      }
    }
    const matching = model.denials(chain).filter((denial) => denial.matches(action))
    const denied = matching.flatMap(({ sure }) =>
      sure?.matches(action) === true && sure.denies(principal) ? [sure.reason] : [],
    )
    if (isNonEmpty(denied)) return { decision: 'denied', because: denied }
    const denials = matching.filter((denial) => denial.touches(principal)).map((denial) => denial.missing)
    return decide(hits, chain.doubts, denials, model.nothing(action, resource))
  }

  whoCan(action: string, resource: string): readonly WhoCanRow[] {
    const { model } = this
    const chain = model.chain(resource)
    const signatures = new Signatures(model.principals.length)
    const hits: (Hit | Missing | Reason)[] = []
    for (const { grant, grantee, way, doubt } of this.candidates(chain, action)) {
      for (const { hold, who, except } of model.reach(grantee)) {
        hits.push({ reasons: [model.reason(grant, grantee)], ...combined(grant, way, hold, doubt) })
        signatures.add(who, except)
      }
    }
    for (const denial of model.denials(chain)) {
      if (!denial.matches(action)) continue
      const { sure } = denial
      const denies = (p: number): boolean => sure?.matches(action) === true && sure.denies(p)
      const all = chain.doubts.length > 0
      hits.push(denial.missing)
      signatures.add(
        signatures.marked(all, (p) => !denies(p) && denial.touches(p)),
        null,
      )
      if (sure === undefined) continue
      hits.push(sure.reason)
      signatures.add(signatures.marked(all, denies), null)
    }
    const rows: WhoCanRow[] = []
    const nothing = model.nothing(action, resource)
    for (const { marks, who } of signatures.groups(chain.doubts.length > 0)) {
      const mine = marks.map((mark) => hits[mark]).filter((hit) => hit !== undefined)
      if (mine.some((hit) => 'effect' in hit)) continue
      const answer = decide(
        mine.filter((hit) => 'reasons' in hit),
        chain.doubts,
        mine.filter((hit) => 'what' in hit),
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
  ): Generator<{ grant: Grant; grantee: number; way: Way; doubt: Missing | null }> {
    for (const { scope, doubt } of chain.scopes) {
      for (const grant of this.model.grantsAt(scope)) {
        for (const way of this.model.ways(grant.role, action)) {
          for (const grantee of grant.grantees) yield { grant, grantee, way, doubt }
        }
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

function combined(
  grant: Grant,
  way: Way,
  hold: Hold,
  scopeDoubt: Missing | null,
): Pick<Hit, 'conditions' | 'doubts'> {
  return {
    conditions: [...grant.conditions, ...way.conditions, ...hold.conditions],
    doubts: [scopeDoubt, way.doubt, hold.doubt].filter((doubt) => doubt !== null),
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
