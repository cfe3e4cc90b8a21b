import type { NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import type { Fact } from '../../findings/fact.ts'
import type { Holder } from '../../grants/holders.ts'
import { directoryHolders } from './administer.ts'
import type { Context } from './context.ts'
import { DIRECTORY_PRIVILEGED } from './known-roles.ts'
import { peopleOf } from './remedy.ts'

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const ASSIGN = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
const ATTACH = 'Microsoft.Compute/virtualMachines/write'

type PowerFact = Fact & { readonly principal: NodeId; readonly scope: NodeId }

/** Who administers containers and the directory, and who holds far-reaching rights in them. */
export function powerFacts(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
): PowerFact[] {
  const facts = new Map<string, PowerFact>()
  const put = (fact: PowerFact): void => {
    const key = `${fact.fact} ${fact.principal} ${fact.scope}`
    const known = facts.get(key)
    if (known === undefined || known.assumes.length > fact.assumes.length) facts.set(key, fact)
  }
  for (const [scope, holders] of administrators) {
    for (const holder of holders) {
      // A condition, on the assignment or in the role, limits which roles it can give: that is no administration.
      if (holder.conditions.some(({ raw }) => raw !== undefined)) continue
      const via = context.roleOf(holder)?.name ?? ''
      const assumes = [...holder.doubts, ...holder.conditions].map(({ says }) => says)
      for (const person of peopleOf(holder, context))
        put({ fact: 'administrator', ...person, scope, via, assumes })
    }
  }
  const privileged = (holder: Holder, scope: NodeId): void => {
    const via = context.roleOf(holder)?.name ?? ''
    const assumes = [...holder.doubts, ...holder.conditions].map(({ says }) => says)
    for (const person of peopleOf(holder, context)) {
      if (facts.has(`administrator ${person.principal} ${scope}`)) continue
      put({ fact: 'privileged', ...person, scope, via, assumes })
    }
  }
  for (const holder of directoryHolders(context, DIRECTORY_PRIVILEGED)) privileged(holder, context.tenant)
  for (const container of new Set(context.state.assignments.map(({ scope }) => scope))) {
    const scope = nodeId('azure', container)
    if (context.nodes.get(scope)?.kind !== 'container') continue
    for (const holder of allPowerfulOn(container, context)) privileged(holder, scope)
    for (const holder of context.holders.at(ASSIGN, container)) {
      if (holder.conditions.length > 0 || holder.doubts.length > 0) continue
      if (!context.holders.at(ATTACH, container).some(({ grantee }) => grantee === holder.grantee)) continue
      for (const person of peopleOf(holder, context)) {
        if (facts.has(`administrator ${person.principal} ${scope}`)) continue
        put({ fact: 'pass-any-role', ...person, scope, assumes: [] })
      }
    }
  }
  return [...facts.values()]
}

/** Holders of roles that allow every control action but for exceptions, like Contributor. */
function allPowerfulOn(scope: string, { model, state }: Context): Holder[] {
  return model.grantsAt(scope).flatMap((grant) => {
    const role = state.roles[grant.role]
    const isAll = role?.blocks?.some(({ actions, condition }) => actions.includes('*') && condition === null)
    if (role === undefined || role.directory || !(isAll ?? role.id === CONTRIBUTOR)) return []
    return grant.grantees.flatMap((grantee): Holder[] => {
      const principal = model.principals[grantee]
      return principal === undefined
        ? []
        : [{ grantee, principal, grant, conditions: grant.conditions, doubts: [] }]
    })
  })
}
