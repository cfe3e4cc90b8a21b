import type { GraphNode, NodeId } from '../../../graph/index.ts'
import { CLOUDS, nativeId, typeInWords } from '../../../graph/index.ts'
import type { ApiNodeRef } from '../api.ts'

/** Turns node ids into what lists, chips and search results show. */
export class NodeRefs {
  private readonly nodes: ReadonlyMap<NodeId, GraphNode>
  private readonly jewels: ReadonlySet<NodeId>

  constructor(nodes: ReadonlyMap<NodeId, GraphNode>, jewels: ReadonlySet<NodeId>) {
    this.nodes = nodes
    this.jewels = jewels
  }

  ref(id: NodeId): ApiNodeRef {
    const node = this.nodes.get(id)
    if (node === undefined) return this.unseen(id)
    const scope = node.scope === null ? undefined : this.nodes.get(node.scope)
    return {
      id,
      cloud: node.cloud,
      kind: node.kind,
      type: typeInWords(node),
      name: node.name,
      scope: scope?.name ?? '',
      scopeId: node.scope,
      human: node.kind === 'principal' ? (node.human ?? null) : null,
      crownJewel: this.jewels.has(id),
    }
  }

  // An edge may name something that no export describes.
  private unseen(id: NodeId): ApiNodeRef {
    const cloud = CLOUDS.find((each) => id.startsWith(`${each}:`)) ?? CLOUDS[0]
    const base = { id, cloud, name: nativeId(id), scope: '', scopeId: null, human: null, crownJewel: false }
    return { ...base, kind: 'resource', type: 'not described' }
  }
}
