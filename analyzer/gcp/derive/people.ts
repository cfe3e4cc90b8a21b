import type { Derivation, Evidence, NodeId, Remedy } from '../../../graph/index.ts'
import { observed } from '../../../graph/index.ts'
import type { Holder } from '../../grants/holders.ts'
import type { Context } from './context.ts'
import { removeBinding, removeFromGroup } from './remedy.ts'

/** Somebody for whom a holder stands, with the proof and what would end it. */
export interface Person {
  readonly principal: NodeId
  readonly evidence: Evidence
  readonly remedy: Remedy
}

/**
 * Those a holder stands for: itself, and where it is a group, everybody in it. The group itself is named only where its
 * members are not all known. Agents of Google's services, which keep rights by design, are left out.
 */
export function peopleOf(holder: Holder, context: Context): Person[] {
  const { model } = context
  const own = {
    principal: holder.principal,
    evidence: [context.because(holder)],
    remedy: removeBinding(holder, context),
  } as const
  if (model.meaning.population.of(holder.grantee).type !== 'group') {
    return isAgent(holder.principal, context) ? [] : [own]
  }
  const inside = [...model.meaning.membership.closure(holder.grantee)].filter(
    (member) => model.meaning.population.of(member).type !== 'group',
  )
  const people = inside.flatMap((member): Person[] => {
    const principal = model.principals[member]
    if (principal === undefined || isAgent(principal, context)) return []
    const way = model.meaning.membership.wayTo(member, holder.grantee)
    const trail = model
      .trail(member, holder.grantee)
      .flatMap(({ says, at }): Derivation[] => (at === null ? [] : [observed(at, says)]))
    const group = context.state.members[way[1] ?? -1]?.replace(/^group:/, '') ?? ''
    const remedy = removeFromGroup(group, principal.slice(principal.lastIndexOf(':') + 1))
    return [{ principal, evidence: [context.because(holder), ...trail], remedy }]
  })
  const open = model.meaning.membership.openIn(holder.grantee).length > 0
  return open || people.length === 0 ? [own, ...people] : people
}

function isAgent(principal: NodeId, context: Context): boolean {
  const node = context.nodes.get(principal)
  return node?.kind === 'principal' && node.type === 'service'
}
