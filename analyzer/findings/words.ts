import { grouped, type GraphNode, type NodeId, nativeId, typeInWords } from '../../graph/index.ts'
import type { Case, FindingContext } from './rule.ts'

/** The short name of a node, or the cloud's own id of one that was never described. */
export function nameOf(nodes: ReadonlyMap<NodeId, GraphNode>, id: NodeId): string {
  return nodes.get(id)?.name ?? nativeId(id)
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`: at most `most` names, each once, in the given order. */
export function listed(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)]
  const shown = unique.slice(0, most)
  const rest = unique.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

/** `1 key`, `2 keys`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** The details of a finding's cases as a list. */
export function details(cases: readonly Case[]): string {
  return listed(cases.map((part) => part.detail))
}

/** ` in production account billing`, ` in organization acme`; empty for no scope. */
export function inScope(context: FindingContext, scope: NodeId | null): string {
  if (scope === null) return ''
  const node = context.nodes.get(scope)
  const kind = node?.kind === 'container' ? `${typeInWords(node)} ` : ''
  return ` in ${kind}${nameOf(context.nodes, scope)}`
}
