import type { Edge } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import { isAccountId } from '../model/arn.ts'
import { accountNode } from '../load/draft.ts'
import { LIFT_BOUNDARY, SELF_GRANTS, type SelfGrant } from '../techniques/self-grant.ts'
import { edgeFrom, together, type Allowed, type Judge } from './judge.ts'

/** A principal that can give itself every right of its account. */
export interface Administrator {
  readonly principal: number
  readonly account: number
  readonly technique: SelfGrant
  readonly allowed: Allowed
}

/**
 * The administrators of each account: those that can grant themselves everything (who has `*` on `*` can, too), after
 * boundary and control policies. Within a boundary nobody is, unless it can lift it.
 */
export function administrators(judge: Judge): ReadonlyMap<number, Administrator> {
  const found = new Map<number, Administrator>()
  for (const technique of SELF_GRANTS) {
    for (const principal of judge.holding(technique.action)) {
      const known = found.get(principal)
      if (known?.allowed.certainty === 'certain') continue
      const made = grant(judge, principal, technique)
      if (made === undefined) continue
      if (known === undefined || rank(made.allowed) < rank(known.allowed)) found.set(principal, made)
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b))
}

/** One edge for each administrator, to the account that holds everything it can take over. */
export function* administratorEdges(
  judge: Judge,
  found: ReadonlyMap<number, Administrator>,
): Generator<Edge> {
  for (const { principal, account, technique, allowed } of found.values()) {
    const id = judge.estate.state.accounts[account]?.id ?? ''
    yield edgeFrom(
      judge.estate,
      principal,
      allowed,
      {
        kind: 'can-access',
        to: accountNode(id),
        rule: technique.rule,
        label: 'administers',
        level: 'administer',
      },
      `${judge.estate.identity(principal).name} ${technique.says}`,
    )
  }
}

function rank(allowed: Allowed): number {
  return allowed.certainty === 'certain' ? 0 : allowed.certainty === 'conditional' ? 1 : 2
}

function grant(judge: Judge, principal: number, technique: SelfGrant): Administrator | undefined {
  const { estate } = judge
  const identity = estate.identity(principal)
  if (
    identity.kind !== technique.of ||
    estate.state.layerSets.serviceLinked[estate.layerSet(principal)] === 1
  ) {
    return undefined
  }
  for (const resource of resourcesOf(judge, principal, technique)) {
    const allowed = judge.allowed(judge.reader(technique.action, resource), principal)
    const lifted = allowed === undefined ? undefined : withoutBoundary(judge, principal, allowed)
    if (lifted === undefined) continue
    return { principal, account: estate.accountOfPrincipal(principal), technique, allowed: lifted }
  }
  return undefined
}

function withoutBoundary(judge: Judge, principal: number, allowed: Allowed): Allowed | undefined {
  const { estate } = judge
  const set = estate.layerSet(principal)
  const { boundary, missingBoundary } = estate.state.layerSets
  if ((boundary[set] ?? -1) < 0 && (missingBoundary[set] ?? -1) < 0) return allowed
  const identity = estate.identity(principal)
  for (const action of LIFT_BOUNDARY[identity.kind]) {
    const lift = judge.allowed(judge.reader(action, identity.arn), principal)
    if (lift !== undefined) return together([allowed, lift])
  }
  return undefined
}

function* resourcesOf(judge: Judge, principal: number, { on }: SelfGrant): Generator<string> {
  const { estate } = judge
  const { principals, uses } = estate.state
  const identity = estate.identity(principal)
  if (on === 'self') {
    yield identity.arn
    return
  }
  if (on === 'group') {
    yield* judge.groupsOf(principal)
    return
  }
  for (const use of listAt(principals.identity, principal)) {
    const arn = estate.text(uses.arns[use] ?? -1)
    // AWS managed policies cannot be changed.
    if (isAccountId(arn.split(':')[4] ?? '')) yield arn
  }
}
