import type { Joint } from '../../../grants/escalation/joint.ts'
import { isSure } from '../../../grants/escalation/joint.ts'
import type { AccountClasses, Accounts } from './accounts.ts'
import { targetOf } from './targets.ts'
import type { Target } from './target.ts'
import type { Context } from '../context.ts'
import type { Holder } from '../../../grants/holders.ts'

const DELEGATE = 'iam.serviceAccounts.implicitDelegation'
const MINT = 'iam.serviceAccounts.getAccessToken'

/** Somebody who gets tokens of accounts through others: from the first, each may delegate to or mint the next. */
export interface Chained {
  readonly target: Target
  readonly joint: Joint
}

/**
 * Chains of delegation (IAM documentation, "Create short-lived credentials for multiple service accounts"): implicit
 * delegation on the first account, and on each next for the one before it; the last mints the token. Who can get tokens of
 * the first account itself needs no chain and is left out.
 */
export function* chains(context: Context, classes: AccountClasses): Generator<Chained> {
  const { holders, model } = context
  const byNode = new Map(model.principals.map((id, i) => [id, i]))
  const mints = new Lazy(() => byGrantee(context, classes, MINT))
  const delegates = new Lazy(() => byGrantee(context, classes, DELEGATE))
  for (const first of classes.all) {
    const delegating = holders.of(DELEGATE, first.resource)
    if (delegating.length === 0) continue
    const minting = new Set(holders.of(MINT, first.resource).filter(isSure).map(granteeOf))
    const starts = delegating.filter(({ grantee }) => !minting.has(grantee))
    if (starts.length === 0) continue
    const reached = new Map<Accounts, readonly Holder[]>([[first, []]])
    for (const [at, way] of reached) {
      const numbers = at.ids.flatMap((id) => byNode.get(id) ?? [])
      for (const [to, holder] of onward(context, numbers, mints.value)) {
        for (const start of starts) yield { target: targetOf(to), joint: jointOf(start, [...way, holder]) }
      }
      for (const [to, holder] of onward(context, numbers, delegates.value)) {
        if (!reached.has(to)) reached.set(to, [...way, holder])
      }
    }
  }
}

type Steps = ReadonlyMap<number, readonly (readonly [Accounts, Holder])[]>

/** The accounts on which each grantee holds a permission. */
function byGrantee({ holders }: Context, classes: AccountClasses, permission: string): Steps {
  const found = new Map<number, (readonly [Accounts, Holder])[]>()
  for (const to of classes.all) {
    for (const holder of holders.of(permission, to.resource)) {
      const known = found.get(holder.grantee)
      if (known === undefined) found.set(holder.grantee, [[to, holder]])
      else known.push([to, holder])
    }
  }
  return found
}

/** Where one of some accounts gets by a permission; of several ways the surest. */
function onward({ model }: Context, numbers: readonly number[], steps: Steps): ReadonlyMap<Accounts, Holder> {
  const found = new Map<Accounts, Holder>()
  for (const number of numbers) {
    for (const grantee of model.granteesOf(number)) {
      const next = steps.get(grantee)
      if (next === undefined || !model.holds(grantee, number).some(isPlain)) continue
      for (const [to, holder] of next) if (!found.has(to) || isSure(holder)) found.set(to, holder)
    }
  }
  return found
}

/** Made when it is first asked for: most estates have no chain. */
class Lazy<T> {
  private readonly make: () => T
  private made: { readonly value: T } | undefined

  constructor(make: () => T) {
    this.make = make
  }

  get value(): T {
    this.made ??= { value: this.make() }
    return this.made.value
  }
}

function granteeOf({ grantee }: Holder): number {
  return grantee
}

function jointOf(start: Holder, others: readonly Holder[]): Joint {
  const by: Joint['by'] = [start, ...others]
  return {
    who: [start.grantee],
    conditions: by.flatMap(({ conditions }) => conditions),
    doubts: by.flatMap(({ doubts }) => doubts),
    by,
  }
}

function isPlain({
  doubt,
  conditions,
}: {
  readonly doubt: unknown
  readonly conditions: readonly unknown[]
}): boolean {
  return doubt === null && conditions.length === 0
}
