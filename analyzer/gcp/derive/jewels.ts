import type { CrownJewel } from '../../../graph/index.ts'
import { nativeId } from '../../../graph/index.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Context } from './context.ts'

/** `can-access` edges to crown jewels, by the permissions that stand for reaching what they hold. */
export function jewelEdges(jewels: readonly CrownJewel[], context: Context, edges: PowerEdges): void {
  for (const { resource } of jewels) {
    const node = context.nodes.get(resource)
    if (node?.kind !== 'resource' || node.cloud !== 'gcp') continue
    for (const { level, action } of context.engine.accessActions(node.type)) {
      const power = { kind: 'can-access', to: resource, rule: action, label: `${level}s`, level } as const
      edges.add(power, context.holders.of(action, nativeId(resource)), context.because)
    }
  }
}
