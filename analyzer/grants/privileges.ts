import type { Missing, NonEmpty, PermissionSet, Privilege, Reason, Residual } from '../../graph/index.ts'
import { isNonEmpty } from '../../graph/index.ts'
import type { Chain, Grant, GrantModel } from './model.ts'

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
      held.push({
        scope: grant.scope,
        actions: rights.actions,
        unlisted: rights.unlisted,
        conditions: [...grant.conditions, ...rights.conditions, ...hold.conditions],
        doubts: [scopeDoubt, rights.doubt, hold.doubt].filter((doubt) => doubt !== null),
        because: [model.reason(grant, grantee), ...model.trail(principal, grantee)],
      })
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
  const all = model.denials(chain)
  const denies = all.flatMap(({ sure }) => (sure?.denies(principal) === true ? [sure.actions] : []))
  const gone = denies.reduce((set, actions) => set.union(actions), universe.none)
  const touching = all.filter((denial) => denial.touches(principal))
  const denied = touching.reduce((set, denial) => set.union(denial.actions), universe.none)
  const denials: Reason[] = touching.map((d) => ({
    layer: d.missing.what,
    effect: 'none',
    says: d.missing.says,
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
      const decision = isFree ? 'allowed' : 'allowed-if'
      rows.push({ ...base, actions: settled, unlisted, decision, because: block.because })
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
