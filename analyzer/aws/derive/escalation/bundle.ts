import type { Edge, PrincipalNode } from '../../../../graph/index.ts'
import { derived, isNonEmpty, nodeId } from '../../../../graph/index.ts'
import { accountNode } from '../../load/draft.ts'
import { edgeFrom, evidenceOf, type Allowed, type Judge } from '../judge.ts'
import type { Way } from './become.ts'
import type { Target } from './target.ts'

/** Fewer are told one by one. */
const LEAST = 5

/**
 * The edges of the ways of one account. Actors that can become the very same targets share a node for those targets:
 * actors + targets edges, not actors × targets.
 */
export function bundled(
  judge: Judge,
  account: number,
  ways: readonly Way[],
): { readonly nodes: readonly PrincipalNode[]; readonly edges: readonly Edge[] } {
  const nodes: PrincipalNode[] = []
  const edges: Edge[] = []
  const alike = new Map<string, Way[]>()
  for (const way of ways) {
    const key = way.targets
      .map(({ id }) => id)
      .sort()
      .join('\n')
    const known = alike.get(key)
    if (known === undefined) alike.set(key, [way])
    else known.push(way)
  }
  for (const group of alike.values()) {
    const targets = group[0]?.targets ?? []
    if (group.length < LEAST || targets.length < LEAST) {
      for (const way of group) for (const target of way.targets) edges.push(direct(judge, way, target))
      continue
    }
    const node = standsFor(judge, account, targets, nodes.length + 1)
    nodes.push(node)
    for (const way of group) {
      edges.push(
        edgeFrom(
          judge.estate,
          way.actor,
          way.allowed,
          about(way, node.id),
          says(judge, way, `each of ${node.name}`),
        ),
      )
    }
    for (const target of targets) edges.push(toTarget(node, target))
  }
  return { nodes, edges }
}

function direct(judge: Judge, way: Way, target: Target): Edge {
  const allowed = within(way.allowed, target)
  const sentence = says(judge, way, target.name)
  const edge = edgeFrom(judge.estate, way.actor, allowed, about(way, target.id), sentence)
  if (target.because.length === 0) return edge
  const evidence = evidenceOf(judge.estate, way.actor, allowed)
  return { ...edge, because: derived(edge.rule, sentence, [...evidence, ...target.because]) }
}

/** The conditions of the target, too. */
function within(allowed: Allowed, { conditions, missing }: Target): Allowed {
  const certainty =
    missing.length > 0 || allowed.certainty === 'unknown'
      ? 'unknown'
      : conditions.length > 0 || allowed.certainty === 'conditional'
        ? 'conditional'
        : 'certain'
  return {
    ...allowed,
    certainty,
    conditions: [...new Set([...allowed.conditions, ...conditions])],
    assumes: [...new Set([...allowed.assumes, ...missing.map((says) => `not imported: ${says}`)])],
  }
}

function about({ technique }: Way, to: Edge['to']): Pick<Edge, 'kind' | 'to' | 'rule' | 'label'> {
  return { kind: 'can-become', to, rule: technique.id, label: technique.label }
}

function says({ estate }: Judge, { actor, technique }: Way, whom: string): string {
  return `${estate.identity(actor).name} ${technique.says.replace('{whom}', whom)}`
}

function standsFor(judge: Judge, account: number, targets: readonly Target[], n: number): PrincipalNode {
  const id = judge.estate.state.accounts[account]?.id ?? ''
  return {
    kind: 'principal',
    type: 'role',
    id: nodeId('aws', `any-of/${id}/${n}`),
    cloud: 'aws',
    name: `${targets.length} identities of ${id}`,
    scope: accountNode(id),
    tags: [],
    seen: null,
    human: false,
  }
}

function toTarget(node: PrincipalNode, target: Target): Edge {
  const nothing: Allowed = { certainty: 'certain', conditions: [], assumes: [], reasons: [] }
  const { certainty, conditions, assumes } = within(nothing, target)
  const says = `${target.name} is one of ${node.name}`
  return {
    kind: 'can-become',
    from: node.id,
    to: target.id,
    rule: 'one-of-many',
    label: 'one of them',
    certainty,
    conditions: [...conditions, ...assumes],
    because: derived('one-of-many', says, isNonEmpty(target.because) ? target.because : [target.record]),
  }
}
