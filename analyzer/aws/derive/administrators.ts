import type { Edge } from '../../../graph/index.ts'
import { accountNode } from '../load/draft.ts'
import { LIFT_BOUNDARY } from '../techniques/lift-boundary.ts'
import { TECHNIQUES } from '../techniques/registry.ts'
import type { Technique } from '../techniques/technique.ts'
import { onPolicyOf } from './escalation/policies.ts'
import { edgeFrom, together, type Allowed, type Judge } from './judge.ts'

const SELF = TECHNIQUES.filter(({ whom }) => whom.kind === 'self')

/** A principal that can give itself every right of its account. */
export interface Administrator {
  readonly principal: number
  readonly account: number
  readonly technique: Technique
  readonly allowed: Allowed
}

/**
 * The administrators of each account: those that can grant themselves everything (who has `*` on `*` can, too), after
 * boundary and control policies. Within a boundary nobody is, unless it can lift it.
 */
export function administrators(judge: Judge): ReadonlyMap<number, Administrator> {
  const found = new Map<number, Administrator>()
  for (const technique of SELF) {
    for (const principal of judge.holding(technique.needs[0].action)) {
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
        rule: technique.id,
        label: technique.label,
        level: 'administer',
      },
      `${judge.estate.identity(principal).name} ${technique.says}`,
    )
  }
}

function rank(allowed: Allowed): number {
  return allowed.certainty === 'certain' ? 0 : allowed.certainty === 'conditional' ? 1 : 2
}

function grant(judge: Judge, principal: number, technique: Technique): Administrator | undefined {
  const { estate } = judge
  const identity = estate.identity(principal)
  if (
    (technique.actor !== undefined && identity.kind !== technique.actor) ||
    estate.state.layerSets.serviceLinked[estate.layerSet(principal)] === 1
  ) {
    return undefined
  }
  const allowed = granted(judge, principal, technique)
  const lifted = allowed === undefined ? undefined : withoutBoundary(judge, principal, allowed)
  return lifted === undefined
    ? undefined
    : { principal, account: estate.accountOfPrincipal(principal), technique, allowed: lifted }
}

/** How everything that a technique needs is allowed on the principal itself, on a group or on a policy that it has. */
function granted(judge: Judge, principal: number, technique: Technique): Allowed | undefined {
  const actions = technique.needs.map(({ action }) => action)
  const [{ on }] = technique.needs
  const ask = (action: string, resource: string) => judge.allowed(judge.reader(action, resource), principal)
  if (on === 'policy-of-whom') return onPolicyOf(judge, technique, actions, principal, ask)
  const resources =
    on === 'group-of-whom' ? judge.groupsOf(principal) : [judge.estate.identity(principal).arn]
  for (const resource of resources) {
    const parts = actions.map((action) => ask(action, resource)).filter((part) => part !== undefined)
    if (parts.length === actions.length) return together(parts)
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
