import type { NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import type { Holder } from '../../grants/holders.ts'
import type { PowerFact } from '../../grants/power-facts.ts'
import { ScopeFacts } from '../../grants/power-facts.ts'
import { directoryHolders } from './administer.ts'
import type { Context } from './context.ts'
import { DIRECTORY_PRIVILEGED } from './known-roles.ts'
import { peopleIn } from './remedy.ts'

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const ASSIGN = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
const DIRECTORY = 'directory:/'
const ATTACH = 'Microsoft.Compute/virtualMachines/write'

/** Who administers containers and the directory, and who holds far-reaching rights in them. */
export function powerFacts(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
): PowerFact[] {
  const people = peopleIn(context)
  const via = (holder: Holder): string => context.roleOf(holder)?.name ?? ''
  const assumes = (holder: Holder): string[] =>
    [...holder.doubts, ...holder.conditions].map(({ says }) => says)
  const facts: PowerFact[] = []
  for (const scope of new Set(context.state.assignments.map((assignment) => assignment.scope))) {
    const id = scope === DIRECTORY ? context.tenant : nodeId('azure', scope)
    if (context.nodes.get(id)?.kind !== 'container') continue
    const here = new ScopeFacts(id)
    for (const holder of administrators.get(id) ?? []) {
      if (context.model.isEligible(holder.grant)) continue
      // A condition, on the assignment or in the role, limits which roles it can give: that is no administration.
      if (holder.conditions.some(({ raw }) => raw !== undefined)) continue
      here.add('administrator', people.of(holder), via(holder), assumes(holder))
    }
    const reaching =
      scope === DIRECTORY ? directoryHolders(context, DIRECTORY_PRIVILEGED) : allPowerfulOn(scope, context)
    for (const holder of reaching) {
      // What must be activated first is no standing right.
      if (context.model.isEligible(holder.grant)) continue
      here.add('privileged', people.of(holder), via(holder), assumes(holder))
    }
    const attaching = new Set(
      context.holders
        .at(ATTACH, scope)
        .filter(({ grant }) => !context.model.isEligible(grant))
        .map(({ grantee }) => grantee),
    )
    for (const holder of context.holders.at(ASSIGN, scope)) {
      if (holder.conditions.length > 0 || holder.doubts.length > 0 || !attaching.has(holder.grantee)) continue
      here.add('pass-any-role', people.of(holder), via(holder), [])
    }
    facts.push(...here.list())
  }
  return facts
}

/** Holders of roles that allow every control action but for exceptions, like Contributor. */
function allPowerfulOn(scope: string, { model }: Context): Holder[] {
  return model.grantsAt(scope).flatMap((grant) => {
    const role = model.role(grant.role)
    const isAll = role?.blocks?.some(({ actions, condition }) => actions.includes('*') && condition === null)
    if (role === undefined || role.directory || !(isAll ?? role.id === CONTRIBUTOR)) return []
    const doubts = role.doubt === undefined ? [] : [{ what: 'delegations', says: role.doubt }]
    return grant.grantees.flatMap((grantee): Holder[] => {
      const principal = model.principals[grantee]
      return principal === undefined
        ? []
        : [{ grantee, principal, grant, conditions: model.conditionsOn(grant), doubts }]
    })
  })
}
