import { nodeId } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import { undenied } from '../../grants/holders.ts'
import type { Holder } from '../../grants/holders.ts'
import { isContainer } from '../resource-name.ts'
import type { Context } from './context.ts'

/** Permissions that let their holder change who has access to a container, or to the containers in it. */
const POLICY_WRITES = [
  'resourcemanager.organizations.setIamPolicy',
  'resourcemanager.folders.setIamPolicy',
  'resourcemanager.projects.setIamPolicy',
] as const

/** Which of them mean something where: a project holds no folders. */
function writesOn(container: string): readonly string[] {
  const from = container.includes('/projects/') ? 2 : container.includes('/folders/') ? 1 : 0
  return POLICY_WRITES.slice(from)
}

/** Who can change the allow policy of each container by a grant on the container itself, by container. */
export function administratorsByContainer(context: Context): ReadonlyMap<string, readonly Holder[]> {
  const found = new Map<string, Holder[]>()
  for (const scope of new Set(context.state.bindings.map((binding) => binding.scope))) {
    if (!isContainer(scope)) continue
    const holders = writesOn(scope).flatMap((permission) => {
      const denials = context.model.denials(context.model.chain(scope)).filter((d) => d.matches(permission))
      return context.holders.at(permission, scope).flatMap((holder) => undenied(holder, denials))
    })
    if (holders.length > 0) found.set(scope, holders)
  }
  return found
}

/** `can-access` edges to the containers that somebody administers. */
export function administerEdges(
  administrators: ReadonlyMap<string, readonly Holder[]>,
  context: Context,
  edges: PowerEdges,
): void {
  for (const [container, holders] of administrators) {
    const to = nodeId('gcp', container)
    const power = {
      kind: 'can-access',
      to,
      rule: 'set-iam-policy',
      label: 'administers',
      level: 'administer',
    } as const
    edges.add(power, holders, context.because)
  }
}
