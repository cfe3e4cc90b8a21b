import type { Missing, NonEmpty, Residual } from '../../../graph/index.ts'
import type { Holder } from '../holders.ts'
import type { GrantModel } from '../model.ts'

/** Those who hold several permissions together: whom all of `who` mean. */
export interface Joint {
  /** Grantees; more than one: those who are meant by each of them. */
  readonly who: readonly number[]
  readonly conditions: readonly Residual[]
  readonly doubts: readonly Missing[]
  /** What they hold it by, one holder a permission. */
  readonly by: NonEmpty<Holder>
}

/** Joins the holders of permissions: one principal can have one of them by a group, another by a second group. */
export class Joiner {
  private readonly model: GrantModel
  private readonly isOne: (grantee: number) => boolean
  private readonly nobody: (who: readonly number[]) => boolean
  private readonly known = new Map<number, Map<number, boolean>>()

  /** `isOne`: a grantee means itself alone. `nobody`: whether nobody is known to be meant by all of several grantees. */
  constructor(
    model: GrantModel,
    isOne: (grantee: number) => boolean,
    nobody: (who: readonly number[]) => boolean,
  ) {
    this.model = model
    this.isOne = isOne
    this.nobody = nobody
  }

  /** Of each list one. Of those with the same grantees, the surest. */
  join(lists: readonly (readonly Joint[])[]): readonly Joint[] {
    // The fewest first: what they do not hold need not be looked at.
    const [first, ...others] = [...lists].sort((a, b) => a.length - b.length)
    let joints = best(first ?? [])
    for (const list of others) {
      if (joints.length === 0) return []
      joints = this.with(joints, best(list))
    }
    return joints
  }

  private with(joints: readonly Joint[], next: readonly Joint[]): readonly Joint[] {
    const found: Joint[] = []
    const crossed: Joint[] = []
    const byGrantee = new Map(
      next.flatMap((joint) => (joint.who.length === 1 ? [[joint.who[0], joint]] : [])),
    )
    const wide = next.filter(({ who }) => this.isWide(who))
    for (const joint of joints) {
      const same = joint.who.map((grantee) => byGrantee.get(grantee)).filter((one) => one !== undefined)
      for (const one of same) found.push(both(joint, one, joint.who))
      if (same.some(isSure)) continue
      for (const other of this.isWide(joint.who) ? next : wide) {
        if (same.includes(other)) continue
        const who = this.meet(joint.who, other.who)
        if (who.length === 1) found.push(both(joint, other, who))
        else if (who.length > 1) crossed.push(both(joint, other, who))
      }
    }
    const sure = new Set(found.flatMap((joint) => (isSure(joint) && joint.who.length === 1 ? joint.who : [])))
    // Those who are meant by several are told apart only where one of these does not do it alone.
    const more = crossed.filter(({ who }) => !who.some((grantee) => sure.has(grantee)) && !this.nobody(who))
    return best([...found, ...more])
  }

  /** The grantees by whom the same are meant as by both; empty: nobody. */
  private meet(a: readonly number[], b: readonly number[]): readonly number[] {
    const all = [...new Set([...a, ...b])]
    const least = all.filter(
      (one, i) =>
        !all.some((other, k) => k !== i && this.means(one, other) && (!this.means(other, one) || k < i)),
    )
    return least.length > 1 && !this.isWide(least) ? [] : least.sort((x, y) => x - y)
  }

  private isWide(who: readonly number[]): boolean {
    return who.every((grantee) => !this.isOne(grantee))
  }

  /** Whether one surely means another. */
  private means(grantee: number, principal: number): boolean {
    let ofGrantee = this.known.get(grantee)
    if (ofGrantee === undefined) {
      ofGrantee = new Map()
      this.known.set(grantee, ofGrantee)
    }
    let known = ofGrantee.get(principal)
    if (known === undefined) {
      known = this.model
        .holds(grantee, principal)
        .some(({ doubt, conditions }) => doubt === null && conditions.length === 0)
      ofGrantee.set(principal, known)
    }
    return known
  }
}

/** Whether nothing is left open. */
export function isSure({ conditions, doubts }: Pick<Joint, 'conditions' | 'doubts'>): boolean {
  return conditions.length === 0 && doubts.length === 0
}

/** A holder by itself. */
export function alone(holder: Holder): Joint {
  return { who: [holder.grantee], conditions: holder.conditions, doubts: holder.doubts, by: [holder] }
}

function both(a: Joint, b: Joint, who: readonly number[]): Joint {
  return {
    who,
    conditions: [...a.conditions, ...b.conditions],
    doubts: [...a.doubts, ...b.doubts],
    by: [...a.by, ...b.by],
  }
}

/** Of those with the same grantees, the surest. */
export function best(joints: readonly Joint[]): readonly Joint[] {
  const found = new Map<string, Joint>()
  for (const joint of joints) {
    const key = joint.who.join(' ')
    const known = found.get(key)
    if (known === undefined || rank(joint) < rank(known)) found.set(key, joint)
  }
  return [...found.values()]
}

/** 0: certain; 1: conditional; 2: unknown. */
export function rank({ conditions, doubts }: Pick<Joint, 'conditions' | 'doubts'>): number {
  return doubts.length > 0 ? 2 : conditions.length > 0 ? 1 : 0
}
