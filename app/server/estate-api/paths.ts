import type { AttackPath, AttackPaths } from '../../../analyzer/index.ts'
import {
  pathsBetween,
  pathsFrom,
  pathsTo,
  reachOf,
  reachesAny,
  shortestFirst,
  stepMeaning,
} from '../../../analyzer/index.ts'
import type { Edge, GraphNode, NodeId } from '../../../graph/index.ts'
import { findNodes, GomeisaError, personKey } from '../../../graph/index.ts'
import type { Assessment } from '../../estate/assessment.ts'
import type { ApiPath, ApiPaths, ApiStep } from '../api.ts'
import type { PathsQuery } from '../handlers.ts'
import { AmbiguousNodeError } from '../handlers.ts'
import { apiEvidence } from './evidence.ts'
import type { NodeRefs } from './node-refs.ts'

/** What makes an edge the same in two snapshots. */
export function edgeKey(edge: Edge): string {
  return `${edge.kind} ${edge.from} ${edge.to} ${edge.rule}`
}

export async function answerPaths(
  assessment: Assessment,
  refs: NodeRefs,
  query: PathsQuery,
  edgesBefore: ReadonlySet<string> | undefined,
): Promise<ApiPaths> {
  const from = query.from === undefined ? undefined : nodeOf(assessment, refs, query.from)
  const to = query.to === undefined ? undefined : nodeOf(assessment, refs, query.to)
  const found = find(assessment, from, to, query.limit)
  return {
    from: from === undefined ? null : refs.ref(from.id),
    to: to === undefined ? null : refs.ref(to.id),
    reach: from === undefined ? reachCounts(assessment, to) : null,
    total: found.total ?? found.paths.length + (found.more ? 1 : 0),
    paths: await Promise.all(found.paths.map((path) => apiPath(assessment, refs, path, edgesBefore))),
  }
}

function find(
  { attack, nodes }: Assessment,
  from: GraphNode | undefined,
  to: GraphNode | undefined,
  limit: number,
): AttackPaths & { readonly total?: number } {
  if (from !== undefined) {
    // A person starts from any of their accounts.
    const each = accounts(nodes, from).map((id) =>
      to === undefined ? pathsFrom(attack, id, limit) : pathsBetween(attack, id, to.id, limit),
    )
    const paths = shortestFirst(each.flatMap((found) => found.paths))
    return { paths: paths.slice(0, limit), more: paths.length > limit || each.some((found) => found.more) }
  }
  if (to !== undefined) return { ...pathsTo(attack, to.id, limit), total: reachOf(attack, to.id).length }
  const paths = attack.jewels.flatMap((jewel) => pathsTo(attack, jewel.resource, 3).paths)
  return { paths: paths.slice(0, limit), more: paths.length > limit }
}

/** Who reaches a node, or any crown jewel: people counted once, however many accounts they have; sets of principals not at all. */
function reachCounts(
  { attack, nodes, reach }: Assessment,
  to: GraphNode | undefined,
): { people: number; workloads: number } {
  const people = new Set<string>()
  const workloads = new Set<string>()
  for (const id of to === undefined ? reachesAny(reach) : reachOf(attack, to.id).map((row) => row.node)) {
    const node = nodes.get(id)
    if (node?.kind !== 'principal' || node.type === 'group' || node.many === true) continue
    if (node.human === true) people.add(personKey(node))
    else workloads.add(id)
  }
  return { people: people.size, workloads: workloads.size }
}

function nodeOf({ nodes }: Assessment, refs: NodeRefs, text: string): GraphNode {
  const matches = findNodes(nodes.values(), text)
  const best = matches.filter((match) => match.rank === matches[0]?.rank)
  const [one] = best
  if (one === undefined) throw new GomeisaError('NOT_FOUND', `nothing answers to \`${text}\``)
  if (best.length === 1 || isOnePerson(best.map((match) => match.node))) return one.node
  throw new AmbiguousNodeError(
    `\`${text}\` means ${best.length} things`,
    best.slice(0, 12).map((match) => refs.ref(match.node.id)),
  )
}

function isOnePerson(found: readonly GraphNode[]): boolean {
  const keys = found.map((node) =>
    node.kind === 'principal' && node.human === true ? personKey(node) : null,
  )
  return keys.every((key) => key !== null && key === keys[0])
}

/** The accounts that are certainly of the person with this one; of anything else it alone. */
function accounts(nodes: ReadonlyMap<NodeId, GraphNode>, from: GraphNode): NodeId[] {
  if (from.kind !== 'principal' || from.human !== true) return [from.id]
  const key = personKey(from)
  const others = [...nodes.values()].filter(
    (node) => node !== from && node.kind === 'principal' && node.human === true && personKey(node) === key,
  )
  return [from.id, ...others.map((node) => node.id)]
}

async function apiPath(
  assessment: Assessment,
  refs: NodeRefs,
  path: AttackPath,
  edgesBefore: ReadonlySet<string> | undefined,
): Promise<ApiPath> {
  const [first] = path.steps
  const nodes = [...(first === undefined ? [] : [first.from]), ...path.steps.map((step) => step.to)]
  return {
    certainty: path.certainty,
    isNew: edgesBefore !== undefined && path.steps.some((step) => !edgesBefore.has(edgeKey(step))),
    nodes: nodes.map((id) => refs.ref(id)),
    steps: await Promise.all(path.steps.map((step) => apiStep(assessment, step))),
  }
}

async function apiStep({ estate, nodes }: Assessment, step: Edge): Promise<ApiStep> {
  const { rule, label, certainty, conditions } = step
  return {
    rule,
    label,
    meaning: stepMeaning(step, nodes),
    certainty,
    conditions,
    evidence: await apiEvidence(estate, step.because),
  }
}
