import type { NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Holder } from '../../grants/holders.ts'
import { undenied } from '../../grants/holders.ts'
import type { Context } from './context.ts'
import { DIRECTORY_ADMINISTRATORS } from './known-roles.ts'

export const GRANT = 'Microsoft.Authorization/roleAssignments/write'

/** Who can give roles in each container by an assignment on the container itself, by container node. */
export function administratorsByContainer(context: Context): ReadonlyMap<NodeId, readonly Holder[]> {
  const { state, holders, model, nodes } = context
  const found = new Map<NodeId, readonly Holder[]>()
  for (const scope of new Set(state.assignments.map((assignment) => assignment.scope))) {
    const id = nodeId('azure', scope)
    if (nodes.get(id)?.kind !== 'container') continue
    const denials = model.denials(model.chain(scope), GRANT).filter((denial) => denial.matches(GRANT))
    const here = holders.at(GRANT, scope).flatMap((holder) => undenied(holder, denials))
    if (here.length > 0) found.set(id, here)
  }
  const directory = directoryHolders(context, DIRECTORY_ADMINISTRATORS)
  if (directory.length > 0) found.set(context.tenant, directory)
  return found
}

/** Who holds one of some directory roles on the whole directory. */
export function directoryHolders(context: Context, roles: ReadonlyMap<string, string>): Holder[] {
  const { model } = context
  return model.grantsAt('directory:/').flatMap((grant) => {
    const role = model.role(grant.role)
    if (role === undefined || !roles.has(role.id)) return []
    return grant.grantees.flatMap((grantee): Holder[] => {
      const principal = model.principals[grantee]
      return principal === undefined
        ? []
        : [{ grantee, principal, grant, conditions: model.conditionsOn(grant), doubts: [] }]
    })
  })
}

/** `can-access` edges to the containers that somebody administers. */
export function administerEdges(
  administrators: ReadonlyMap<NodeId, readonly Holder[]>,
  context: Context,
  edges: PowerEdges,
): void {
  for (const [to, holders] of administrators) {
    const rule = to === context.tenant ? 'directory-role' : 'role-assignment-write'
    edges.add(
      { kind: 'can-access', to, rule, label: 'administers', level: 'administer' },
      holders,
      context.because,
    )
  }
}
