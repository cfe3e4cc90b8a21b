import type { Missing, NonEmpty, PermissionSet, Privilege, Reason, Residual } from '../../graph/index.ts'
import { isNonEmpty } from '../../graph/index.ts'
import { effectOn } from './effect.ts'
import { leftOver } from './left.ts'
import type { Chain, Denial, Effect, Grant, GrantModel } from './model.ts'

/** A block of a role that a principal holds on a scope. */
interface Held {
  readonly scope: string
  readonly actions: PermissionSet
  readonly unlisted: readonly string[]
  readonly conditions: readonly Residual[]
  readonly doubts: readonly Missing[]
  readonly because: NonEmpty<Reason>
}

/** What a principal may do on one resource: rows that say of each action what `can` says of it. */
export function privilegesOn(model: GrantModel, principal: number, resource: string): Privilege[] {
  const chain = model.chain(resource)
  const held: Held[] = []
  for (const { scope, doubt } of chain.scopes) {
    for (const grant of model.grantsAt(scope)) {
      for (const grantee of grant.grantees) held.push(...blocks(model, principal, grant, grantee, doubt))
    }
  }
  return rowsFor(model, principal, chain, held, resource)
}

/**
 * What a principal's own grants name: a row for each, exact for the scope itself. A grant that is repeated above in a
 * stronger form shows in both rows. What lies below the scope has it too, unless a deny is attached in between.
 */
export function privilegesByScope(
  model: GrantModel,
  principal: number,
  grants: readonly { readonly grant: Grant; readonly grantee: number }[],
): Privilege[] {
  const byScope = new Map<string, Held[]>()
  for (const { grant, grantee } of grants) {
    const held = blocks(model, principal, grant, grantee, null)
    const known = byScope.get(grant.scope)
    if (known === undefined) byScope.set(grant.scope, held)
    else known.push(...held)
  }
  return [...byScope].sort(byKey).flatMap(([scope, held]) => {
    const chain = { ...model.chain(scope), doubts: [] }
    return rowsFor(model, principal, chain, held, scope)
  })
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

function blocks(
  model: GrantModel,
  principal: number,
  grant: Grant,
  grantee: number,
  scopeDoubt: Missing | null,
): Held[] {
  const held: Held[] = []
  for (const hold of model.holds(grantee, principal)) {
    for (const rights of model.rights(grant.role)) {
      for (const { actions, left } of leftOver(model, grant, rights.actions)) {
        held.push({
          scope: grant.scope,
          actions,
          unlisted: rights.unlisted,
          conditions: [...left.conditions, ...rights.conditions, ...hold.conditions],
          doubts: [scopeDoubt, left.doubt, rights.doubt, hold.doubt].filter((doubt) => doubt !== null),
          because: [model.reason(grant, grantee), ...model.trail(principal, grantee)],
        })
      }
    }
  }
  return held
}

/** Splits each block by what is decided in the end: a block's action may be settled by another block, or by a deny. */
function rowsFor(
  model: GrantModel,
  principal: number,
  chain: Chain,
  held: readonly Held[],
  resource: string,
): Privilege[] {
  const { universe } = model
  const union = (blocks: readonly Held[]): PermissionSet =>
    blocks.reduce((set, block) => set.union(block.actions), universe.none)
  const sure = held.filter((block) => block.doubts.length === 0)
  const free = union(sure.filter((block) => block.conditions.length === 0))
  const doubted = chain.doubts.length > 0 ? universe.all : union(held.filter((b) => b.doubts.length > 0))
  const effects = model.denials(chain).flatMap((denial) => {
    const effect = effectOn(denial, principal)
    return effect === null ? [] : [{ denial, effect }]
  })
  const actionsOf = (kind: Effect['kind']): PermissionSet =>
    effects.reduce(
      (set, { denial, effect }) => (effect.kind === kind ? set.union(denial.actions) : set),
      universe.none,
    )
  const gone = actionsOf('denies')
  const denied = actionsOf('unknown')
  const touching = effects.flatMap(({ effect }) => (effect.kind === 'unknown' ? effect.missing : []))
  const denials: Reason[] = touching.map(({ what, says }) => ({
    layer: what,
    effect: 'none',
    says,
    at: null,
  }))
  const rows: Privilege[] = []
  for (const block of held) {
    const isFree = block.conditions.length === 0 && block.doubts.length === 0
    const live = (isFree ? block.actions : block.actions.minus(free)).minus(gone)
    const settled = live.minus(denied).minus(isFree ? universe.none : doubted)
    const inDoubt = block.doubts.length > 0
    const unlistedOpen = inDoubt || touching.length > 0 || (!isFree && chain.doubts.length > 0)
    const base = { resources: [resource], conditions: block.conditions } as const
    const unlisted = unlistedOpen ? [] : block.unlisted
    if (!inDoubt && (!settled.isEmpty || unlisted.length > 0)) {
      for (const { actions, conditions, reasons } of limited(settled, block.conditions, effects)) {
        const decision = conditions.length === 0 ? 'allowed' : 'allowed-if'
        const because: NonEmpty<Reason> = [...block.because, ...reasons]
        rows.push({ ...base, actions, unlisted, decision, conditions, because })
      }
    }
    const open = inDoubt ? live : live.minus(settled)
    if (!open.isEmpty || (unlistedOpen && block.unlisted.length > 0)) {
      const unlisted = unlistedOpen ? block.unlisted : []
      const because: NonEmpty<Reason> = [...block.because, ...denials]
      rows.push({ ...base, actions: open, unlisted, decision: 'unknown', because })
    }
  }
  const because = chain.doubts.map((d): Reason => ({ layer: d.what, effect: 'none', says: d.says, at: null }))
  if (isNonEmpty(because)) {
    const actions = universe.all.minus(free).minus(gone)
    rows.push({
      resources: [resource],
      actions,
      unlisted: ['*'],
      decision: 'unknown',
      conditions: [],
      because,
    })
  }
  return rows
}

/** Splits actions by the denials that a condition keeps from applying: each adds its condition to its own. */
function limited(
  actions: PermissionSet,
  conditions: readonly Residual[],
  effects: readonly { readonly denial: Denial; readonly effect: Effect }[],
): { actions: PermissionSet; conditions: readonly Residual[]; reasons: readonly Reason[] }[] {
  let pieces = [{ actions, conditions, reasons: [] as readonly Reason[] }]
  for (const { denial, effect } of effects) {
    if (effect.kind !== 'denies-unless') continue
    pieces = pieces.flatMap((piece) => {
      const touched = piece.actions.intersect(denial.actions)
      if (touched.isEmpty) return [piece]
      const bound = {
        actions: touched,
        conditions: [...piece.conditions, effect.condition],
        reasons: [...piece.reasons, effect.reason],
      }
      return [{ ...piece, actions: piece.actions.minus(touched) }, bound]
    })
  }
  return pieces.length === 1 ? pieces : pieces.filter((piece) => !piece.actions.isEmpty)
}
