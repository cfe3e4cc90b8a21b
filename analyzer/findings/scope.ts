import type { Environment, GraphNode, Instant, NodeId } from '../../graph/index.ts'
import { containersOf } from '../paths/containment.ts'

/** The environment of a node: its own when it is a container that says so, else that of the nearest container that does. */
export function environmentOf(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  id: NodeId | null,
): Environment | undefined {
  const node = id === null ? undefined : nodes.get(id)
  if (node === undefined) return undefined
  if (node.kind === 'container' && node.environment !== undefined) return node.environment
  for (const container of containersOf(nodes, node)) {
    const above = nodes.get(container)
    if (above?.kind === 'container' && above.environment !== undefined) return above.environment
  }
  return undefined
}

/** Whether a container is another one or lies in it. */
export function isWithin(nodes: ReadonlyMap<NodeId, GraphNode>, inner: NodeId, outer: NodeId): boolean {
  const node = nodes.get(inner)
  return inner === outer || (node !== undefined && containersOf(nodes, node).includes(outer))
}

/** Where a node lives: itself for a container, else its scope. */
export function homeOf(nodes: ReadonlyMap<NodeId, GraphNode>, id: NodeId): NodeId | null {
  const node = nodes.get(id)
  return node?.kind === 'container' ? id : (node?.scope ?? null)
}

/** Days after which a key counts as old and an identity as unused. CIS benchmarks and the clouds' own advisers use 90. */
export const STALE_DAYS = 90

/** Whole days from one instant to another. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
