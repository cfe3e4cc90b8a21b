import type { Joint } from './joint.ts'
import { isSure } from './joint.ts'
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
  const delegates = (accounts: Accounts): readonly Holder[] => holders.of(DELEGATE, accounts.resource)
  /** Classes of which one of the given accounts may mint tokens, or delegate on. */
  const next = (from: Accounts, permission: string): Map<Accounts, Holder> => {
    const numbers = from.ids.flatMap((id) => byNode.get(id) ?? [])
    const found = new Map<Accounts, Holder>()
    for (const to of classes.all) {
      for (const holder of holders.of(permission, to.resource)) {
        if (found.has(to) && !isSure(holder)) continue
        if (numbers.some((n) => model.holds(holder.grantee, n).some(isPlain))) found.set(to, holder)
      }
    }
    return found
  }
  for (const first of classes.all) {
    const minting = new Set(
      holders
        .of(MINT, first.resource)
        .filter(isSure)
        .map(({ grantee }) => grantee),
    )
    const starts = delegates(first).filter(({ grantee }) => !minting.has(grantee))
    if (starts.length === 0) continue
    const reached = new Map<Accounts, readonly Holder[]>([[first, []]])
    for (const [at, way] of reached) {
      for (const [to, holder] of next(at, MINT)) {
        for (const start of starts) yield { target: targetOf(to), joint: jointOf(start, [...way, holder]) }
      }
      for (const [to, holder] of next(at, DELEGATE)) if (!reached.has(to)) reached.set(to, [...way, holder])
    }
  }
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
