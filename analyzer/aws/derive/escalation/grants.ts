import type { Certainty, Edge } from '../../../../graph/index.ts'
import { accountNode } from '../../load/draft.ts'
import { TECHNIQUES } from '../../techniques/registry.ts'
import type { Technique } from '../../techniques/technique.ts'
import type { Administrator } from '../administrators.ts'
import type { Assumption } from '../assume-role.ts'
import { edgeFrom, together, type Allowed, type Judge } from '../judge.ts'
import { CERTAINTIES, rankOf } from '../certainty-rank.ts'
import { Asker } from './asker.ts'
import { WHEN_ASSUMED } from './writes-policies.ts'
import { onlyIf, onPolicyOf } from './policies.ts'
import type { Target } from './target.ts'
import type { Targets } from './targets.ts'

const INSIDE = TECHNIQUES.filter(
  ({ effect, whom }) => effect === 'administer' && (whom.kind === 'user' || whom.kind === 'role'),
)

/** Somebody who can give another identity every right and then act as it. */
export interface Granter {
  readonly actor: number
  readonly edge: Edge
}

/** Administers the account of a role that it can assume and write policies for. */
export function grantsByAssumption(
  judge: Judge,
  targets: Targets,
  administrators: ReadonlyMap<number, Administrator>,
  assumptions: readonly Assumption[],
): Iterable<Granter> {
  const { estate } = judge
  const askers = new Map<number, Asker>()
  const surest = new Surest(administrators)
  for (const technique of WHEN_ASSUMED) {
    const action = technique.needs[0].action
    for (const { from, role, edge } of assumptions) {
      const account = estate.accountOfPrincipal(role)
      // IAM knows no access from other accounts.
      if (!judge.holders.holds(action, from) || account !== estate.accountOfPrincipal(from)) continue
      if (isBounded(judge, role) || surest.isAsSure(from, edge.certainty)) continue
      let asker = askers.get(account)
      if (asker === undefined) askers.set(account, (asker = new Asker(judge, targets, account)))
      const allowed = granted(asker, technique, from, role, estate.identity(role).arn)
      if (allowed === undefined) continue
      const assumed: Allowed = {
        ...allowed,
        certainty: edge.certainty,
        conditions: edge.conditions,
        reasons: [],
      }
      const whole = together([allowed, assumed])
      if (!surest.isAsSure(from, whole.certainty)) surest.take(granter(judge, technique, from, whole, role))
    }
  }
  return surest.granters
}

/** Administers its account by way of a user or role of it that it can give every right and then take over. */
export function* grantsInside(
  judge: Judge,
  targets: Targets,
  administrators: ReadonlyMap<number, Administrator>,
): Generator<Granter> {
  for (let account = 0; account < judge.estate.state.accounts.length; account++) {
    const asker = new Asker(judge, targets, account)
    const surest = new Surest(administrators)
    for (const technique of INSIDE) {
      const actors = asker.actors(technique).filter((actor) => !surest.isAsSure(actor, 'certain'))
      if (actors.length === 0) continue
      for (const target of targets.of(technique, account)) {
        if (isBounded(judge, target.principal)) continue
        for (const actor of asker.able(technique, target, actors)) {
          if (actor === target.principal || surest.isAsSure(actor, sureness(target.conditions))) continue
          const certainty = CERTAINTIES[asker.rank(technique, target, actor)]
          if (certainty === undefined || surest.isAsSure(actor, certainty)) continue
          const allowed = granted(asker, technique, actor, target.principal, target.arn)
          if (allowed === undefined) continue
          const whole = within(allowed, target)
          if (surest.isAsSure(actor, whole.certainty)) continue
          surest.take(granter(judge, technique, actor, whole, target.principal))
        }
      }
    }
    yield* surest.granters
  }
}

/** Of the ways in which an actor can administer its account the surest, unless it is an administrator as surely. */
class Surest {
  private readonly administrators: ReadonlyMap<number, Administrator>
  private readonly best = new Map<number, Granter>()

  constructor(administrators: ReadonlyMap<number, Administrator>) {
    this.administrators = administrators
  }

  get granters(): Iterable<Granter> {
    return this.best.values()
  }

  isAsSure(actor: number, certainty: Certainty): boolean {
    const rank = rankOf(certainty)
    const administrator = this.administrators.get(actor)
    if (administrator !== undefined && rankOf(administrator.allowed.certainty) <= rank) return true
    const known = this.best.get(actor)
    return known !== undefined && rankOf(known.edge.certainty) <= rank
  }

  take(granter: Granter): void {
    this.best.set(granter.actor, granter)
  }
}

/** How the needs about a target, or about one policy of it, are met. */
function granted(
  asker: Asker,
  technique: Technique,
  actor: number,
  target: number,
  arn: string,
): Allowed | undefined {
  const parts: Allowed[] = []
  const onPolicy: string[] = []
  for (const { action, on } of technique.needs) {
    if (on === 'policy-of-whom') onPolicy.push(action)
    if (on !== 'whom' || action === 'sts:AssumeRole') continue
    const allowed = asker.allowed(action, arn, actor)
    if (allowed === undefined) return undefined
    parts.push(allowed)
  }
  if (onPolicy.length === 0) return together(parts)
  const rewritten = onPolicyOf(asker.judge, technique, onPolicy, target, (action, policy) =>
    asker.allowed(action, policy, actor),
  )
  return rewritten === undefined ? undefined : together([...parts, rewritten])
}

/** Within a boundary, no policy gives every right. */
export function isBounded({ estate }: Judge, principal: number): boolean {
  const set = estate.layerSet(principal)
  const { boundary, missingBoundary } = estate.state.layerSets
  return (boundary[set] ?? -1) >= 0 || (missingBoundary[set] ?? -1) >= 0
}

/** How sure a way is at best that has conditions of its own. */
function sureness(conditions: readonly string[]): Certainty {
  return conditions.length > 0 ? 'conditional' : 'certain'
}

function within(allowed: Allowed, { conditions }: Target): Allowed {
  return onlyIf(allowed, conditions)
}

function granter(
  { estate }: Judge,
  technique: Technique,
  actor: number,
  allowed: Allowed,
  target: number,
): Granter {
  const account = estate.state.accounts[estate.accountOfPrincipal(target)]?.id ?? ''
  const edge = edgeFrom(
    estate,
    actor,
    allowed,
    {
      kind: 'can-access',
      to: accountNode(account),
      rule: technique.id,
      label: technique.label,
      level: 'administer',
    },
    `${estate.identity(actor).name} ${technique.says.replace('{whom}', estate.identity(target).name)}`,
  )
  return { actor, edge }
}
