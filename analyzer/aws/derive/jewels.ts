import type { CrownJewel, Edge, GraphNode, NodeId } from '../../../graph/index.ts'
import { derived, nativeId } from '../../../graph/index.ts'
import { allowedGroups } from '../evaluate/who-can.ts'
import { explain } from '../evaluate/explain.ts'
import { LayerReader } from '../evaluate/layers.ts'
import { Request } from '../evaluate/request.ts'
import type { AwsEngine } from '../evaluate/engine.ts'
import { allowedBy, evidenceOf } from './judge.ts'

/** `can-access` edges of everyone who reaches a crown jewel, one for each level. */
export function* jewelEdges(
  engine: AwsEngine,
  nodes: ReadonlyMap<NodeId, GraphNode>,
  jewels: readonly CrownJewel[],
): Generator<Edge> {
  const { estate } = engine
  for (const { resource } of jewels) {
    const node = nodes.get(resource)
    if (node?.kind !== 'resource' || node.cloud !== 'aws') continue
    const best = new Map<string, Edge>()
    for (const { level, action, on } of engine.accessActions(node.type)) {
      const target = on.replace('{resource}', nativeId(resource))
      const reader = new LayerReader(new Request(estate, action, target, { whole: true }), true)
      for (const members of allowedGroups(estate, reader)) {
        const [first] = members
        const allowed = first === undefined ? undefined : allowedBy(explain(reader, first))
        if (first === undefined || allowed === undefined) continue
        const says = `${action} on ${target} is allowed`
        const because = derived(action, says, evidenceOf(estate, first, allowed))
        for (const member of members) {
          const from = estate.nodeOf(member)
          const key = `${from} ${level}`
          const known = best.get(key)
          if (known !== undefined && rank(known) <= rank(allowed)) continue
          best.set(key, {
            kind: 'can-access',
            from,
            to: resource,
            rule: action,
            label: `${level}s`,
            certainty: allowed.certainty,
            conditions: [...allowed.conditions, ...allowed.assumes],
            level,
            because,
          })
        }
      }
    }
    yield* best.values()
  }
}

function rank({ certainty }: Pick<Edge, 'certainty'>): number {
  return certainty === 'certain' ? 0 : certainty === 'conditional' ? 1 : 2
}
