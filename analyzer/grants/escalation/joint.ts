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
  private readonly surely: (principal: number) => Iterable<number>
  private readonly known = new Map<number, Map<number, boolean>>()
  private readonly prepared = new WeakMap<readonly Joint[], Prepared>()
  private readonly nearby = new Map<number, ReadonlySet<number> | null>()

  /**
   * `isOne`: a grantee means itself alone. `nobody`: whether nobody is known to be meant by all of several grantees.
   * `surely`: every grantee that surely means a principal; a superset is fine.
   */
  constructor(
    model: GrantModel,
    isOne: (grantee: number) => boolean,
    nobody: (who: readonly number[]) => boolean,
    surely: (principal: number) => Iterable<number>,
  ) {
    this.model = model
    this.isOne = isOne
    this.nobody = nobody
    this.surely = surely
  }

  /** Of each list one. Of those with the same grantees, the surest. A list that is asked with again is prepared once. */
  join(lists: readonly (readonly Joint[])[]): readonly Joint[] {
    // The fewest first: what they do not hold need not be looked at.
    const [first, ...others] = [...lists].sort((a, b) => a.length - b.length)
    let joints = best(first ?? [])
    for (const list of others) {
      if (joints.length === 0) return []
      joints = this.with(joints, this.prepare(list))
    }
    return joints
  }

  private with(joints: readonly Joint[], next: Prepared): readonly Joint[] {
    const found: Joint[] = []
    const crossed: Joint[] = []
    for (const joint of joints) {
      const same = joint.who.map((grantee) => next.alone.get(grantee)).filter((one) => one !== undefined)
      for (const one of same) found.push(both(joint, one, joint.who))
      if (same.some(isSure)) continue
      for (const other of this.others(joint, next)) {
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

  private prepare(list: readonly Joint[]): Prepared {
    const known = this.prepared.get(list)
    if (known !== undefined) return known
    const all = best(list)
    const by = new Map<number, Joint[]>()
    for (const joint of all) {
      for (const grantee of joint.who) {
        const named = by.get(grantee)
        if (named === undefined) by.set(grantee, [joint])
        else named.push(joint)
      }
    }
    const made: Prepared = {
      all,
      wide: all.filter(({ who }) => this.isWide(who)),
      alone: new Map(all.flatMap((joint) => (joint.who.length === 1 ? [[joint.who[0], joint]] : []))),
      by,
    }
    this.prepared.set(list, made)
    return made
  }

  /** Those of a list who might mean somebody whom a joint means, too: of a long list, only those near it. */
  private others({ who }: Joint, next: Prepared): Iterable<Joint> {
    const pool = this.isWide(who) ? next.all : next.wide
    const near = pool.length > FEW ? this.near(who[0] ?? -1) : null
    if (near === null) return pool
    const found = new Set<Joint>()
    for (const grantee of near) for (const joint of next.by.get(grantee) ?? []) found.add(joint)
    return found
  }

  /** Whom a grantee means, and who surely means one of them; null: too many to tell apart. */
  private near(grantee: number): ReadonlySet<number> | null {
    let near = this.nearby.get(grantee)
    if (near === undefined) {
      near = this.neighbours(grantee)
      this.nearby.set(grantee, near)
    }
    return near
  }

  private neighbours(grantee: number): ReadonlySet<number> | null {
    const found = new Set<number>([grantee, ...this.surely(grantee)])
    if (this.isOne(grantee)) return found
    for (const { hold, who } of this.model.reach(grantee)) {
      if (hold.doubt !== null || hold.conditions.length > 0) continue
      if (who.length > MANY) return null
      for (const member of who) {
        found.add(member)
        for (const other of this.surely(member)) found.add(other)
      }
    }
    return found
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

/** A shorter list is looked at whole. */
const FEW = 32
/** Of a larger group, every other is taken to be near. */
const MANY = 5000

/** A list with its joints by grantee. */
interface Prepared {
  readonly all: readonly Joint[]
  readonly wide: readonly Joint[]
  /** Of one grantee each. */
  readonly alone: ReadonlyMap<number | undefined, Joint>
  readonly by: ReadonlyMap<number, readonly Joint[]>
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
