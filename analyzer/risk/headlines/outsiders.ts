import { CLOUD_TITLES, type GraphNode, type NodeId, type PrincipalNode } from '../../../graph/index.ts'
import { counted, nameOf } from '../../findings/words.ts'
import { FEDERATION_RULE } from '../../federation.ts'
import type { AttackGraph } from '../../paths/attack-graph.ts'
import { pathsBetween } from '../../paths/paths.ts'
import type { Reach } from '../../paths/reach.ts'
import { certaintyOf, doubtOf } from '../../paths/traversal.ts'
import { type EstateView, type Headline, type HeadlineInput, pathsLink, whenBefore } from './headline.ts'

/** So many of the nearest outsiders are looked at closely. */
const MOST = 20

/** Somebody outside the estate reaches a crown jewel: what crosses clouds first, then what is new, then the nearest. */
export function outsiders({ current, previous }: HeadlineInput): readonly Headline[] {
  const pairs: { readonly row: Reach; readonly outsider: PrincipalNode; readonly jewel: GraphNode }[] = []
  const outside = current.reach.ids.map((id) => {
    const node = current.nodes.get(id)
    const isIt = node?.kind === 'principal' && isOutside(node)
    return isIt && !(node.type === 'federated' && isBridge(current.attack, id)) ? node : null
  })
  for (const group of current.reach.groups()) {
    const jewel = current.nodes.get(group.jewels.reduce((a, b) => (b < a ? b : a)))
    if (jewel === undefined) continue
    for (const [i, number] of group.principals.entries()) {
      const outsider = outside[number]
      if (outsider === undefined || outsider === null) continue
      const certainty = certaintyOf(group.doubts[i] ?? 2)
      pairs.push({ row: { node: outsider.id, hops: group.hops[i] ?? 0, certainty }, outsider, jewel })
    }
  }
  const crosses = ({ outsider, jewel }: (typeof pairs)[number]): number =>
    Number(outsider.cloud !== jewel.cloud)
  pairs.sort(
    (a, b) =>
      doubtOf(a.row.certainty) - doubtOf(b.row.certainty) ||
      crosses(b) - crosses(a) ||
      a.row.hops - b.row.hops ||
      (a.outsider.id + a.jewel.id < b.outsider.id + b.jewel.id ? -1 : 1),
  )
  return pairs.slice(0, MOST).flatMap(({ row, outsider, jewel }) => {
    const [path] = pathsBetween(current.attack, outsider.id, jewel.id, 1).paths
    if (path === undefined) return []
    const clouds = new Set([outsider.cloud, ...path.steps.map((step) => current.nodes.get(step.to)?.cloud)])
    const isNew = previous !== null && isNewcomer(previous, jewel.id, outsider.id)
    const text =
      `${outsideName(outsider)} ${row.certainty === 'certain' ? 'reaches' : 'may reach'} ` +
      `${nameOf(current.nodes, jewel.id)} in ${counted(path.steps.length, 'step')}` +
      (outsider.cloud === jewel.cloud
        ? clouds.size > 1
          ? ` across ${clouds.size} clouds`
          : ''
        : `, from ${CLOUD_TITLES[outsider.cloud]} into ${CLOUD_TITLES[jewel.cloud]}`) +
      (isNew ? `; not so ${whenBefore(current, previous)}` : '')
    const severity = row.certainty === 'certain' ? 'critical' : 'high'
    return [{ text, severity, link: pathsLink(outsider.id, jewel.id) } satisfies Headline]
  })
}

/**
 * A federated identity that somebody of the estate acts as, or whose token somebody of the estate gets, is a step between
 * clouds, not somebody outside: something inside becomes it, or becomes what it becomes by the same federation, as
 * people do who sign in by an identity provider of their own.
 */
function isBridge(attack: AttackGraph, id: NodeId): boolean {
  const place = attack.placeOf.get(id)
  if (place === undefined) return false
  const { out, into } = attack.graph
  if ((into.offsets[place + 1] ?? 0) > (into.offsets[place] ?? 0)) return true
  const next = out.ends.subarray(out.offsets[place], out.offsets[place + 1])
  return next.length > 0 && next.every((target) => isFederatedInside(attack, target))
}

function isFederatedInside(attack: AttackGraph, target: number): boolean {
  const { offsets, steps } = attack.graph.into
  return Array.from(steps.subarray(offsets[target], offsets[target + 1])).some((step) => {
    const edge = attack.edges[step]
    const from = edge ? attack.nodes.get(edge.from) : undefined
    if (edge === undefined || edge === null || from?.kind !== 'principal' || from.type === 'federated')
      return false
    return edge.rule === FEDERATION_RULE || from.type === 'user' || from.type === 'group'
  })
}

function isNewcomer(previous: EstateView, jewel: NodeId, id: NodeId): boolean {
  const group = previous.reach.of(jewel)
  return group?.principals.every((number) => previous.reach.ids[number] !== id) === true
}

function isOutside(node: PrincipalNode): boolean {
  if (node.enabled === false || node.type === 'service') return false
  return node.guest === true || node.external === true || node.type === 'federated' || node.type === 'public'
}

/** An outsider as a sentence begins with it. */
export function outsideName(node: PrincipalNode): string {
  if (node.guest === true) return `Guest ${node.name}`
  if (node.type === 'public') return `The public: ${node.name}`
  if (node.type === 'federated') return `Federated identity ${node.name}`
  const type = node.type.replaceAll('-', ' ')
  return `Outside ${node.name.startsWith(`${type} `) ? '' : `${type} `}${node.name}`
}
