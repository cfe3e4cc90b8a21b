import { nodeId } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import { undenied } from '../../grants/holders.ts'
import type { Holder } from '../../grants/holders.ts'
import { TECHNIQUES } from '../techniques/registry.ts'
import type { Technique } from '../techniques/technique.ts'
import { permissionsOf } from '../techniques/technique.ts'
import { isContainer } from '../resource-name.ts'
import type { Context } from './context.ts'

/** Techniques that change who has access to a container, or to the containers in it, innermost last. */
const POLICY_WRITES = TECHNIQUES.filter(({ whom }) => whom.kind === 'container')
const LEVELS = ['organizations', 'folders', 'projects'] as const

/** Which of them mean something where: a project holds no folders. */
function writesOn(container: string): readonly Technique[] {
  const from = LEVELS.findIndex((level) => container.includes(`/${level}/`))
  return POLICY_WRITES.filter(({ whom }) => whom.kind === 'container' && LEVELS.indexOf(whom.type) >= from)
}

/** Who can change the allow policy of each container by a grant on the container itself, by container. */
export function administratorsByContainer(context: Context): ReadonlyMap<string, readonly Holder[]> {
  const found = new Map<string, Holder[]>()
  for (const scope of new Set(context.state.bindings.map((binding) => binding.scope))) {
    if (!isContainer(scope)) continue
    const holders = writesOn(scope)
      .flatMap(permissionsOf)
      .flatMap((permission) => {
        const denials = context.model.denials(context.model.chain(scope)).filter((d) => d.matches(permission))
        return context.holders.at(permission, scope).flatMap((holder) => undenied(holder, denials))
      })
    if (holders.length > 0) found.set(scope, holders)
  }
  return found
}

/** The technique of the container's own type. */
function ruleFor(container: string): string {
  return writesOn(container)[0]?.id ?? ''
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
      rule: ruleFor(container),
      label: 'administers',
      level: 'administer',
    } as const
    edges.add(power, holders, context.because)
  }
}
