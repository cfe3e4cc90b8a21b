import type { Answer, Cloud, Decision, DecisionEngine, GraphNode, PrincipalNode } from '../../graph/index.ts'
import { CLOUD_TITLES, CLOUDS, findOne, GomeisaError, nativeId } from '../../graph/index.ts'
import type { OpenEstate } from './open-estate.ts'

/** One answer: asked as the principal itself, or as one whose power it signs in to. */
export interface AskedAs {
  readonly as: PrincipalNode
  readonly answer: Answer
}

export interface Asked {
  readonly principal: PrincipalNode
  readonly action: string
  /** Native name. */
  readonly resource: string
  /** The most permissive first; at least one. */
  readonly answers: readonly [AskedAs, ...AskedAs[]]
}

/** Most permissive first. */
export const DECISION_ORDER: readonly Decision[] = ['allowed', 'allowed-if', 'unknown', 'denied']

/**
 * Answers `may this principal do this action on this resource`. A person who has no permissions of their own in the
 * cloud of the action is asked as every principal they sign in to.
 * Throws `NOT_FOUND` or `AMBIGUOUS` for names, `USAGE` for an action of no imported cloud.
 */
export async function ask(
  estate: OpenEstate,
  principalText: string,
  action: string,
  resourceText: string,
): Promise<Asked> {
  const principal = await findPrincipal(estate, principalText)
  const engine = await engineOfAction(estate, action, principal.cloud)
  const resource = await findResource(estate, engine, resourceText)
  const actors = await actorsOf(estate, engine, principal)
  const answers = actors
    .map((as) => ({ as, answer: engine.can(as.id, action, resource) }))
    .sort((a, b) => DECISION_ORDER.indexOf(a.answer.decision) - DECISION_ORDER.indexOf(b.answer.decision))
  const [first, ...rest] = answers
  if (first === undefined) {
    throw new GomeisaError(
      'NOT_FOUND',
      `\`${principal.name}\` signs in to nothing in ${CLOUD_TITLES[engine.cloud]}`,
      {
        remedy: 'ask for one of the principals it can become: `gomeisa what-can PRINCIPAL` lists them',
      },
    )
  }
  return { principal, action, resource, answers: [first, ...rest] }
}

export async function findPrincipal(estate: OpenEstate, text: string): Promise<PrincipalNode> {
  const node = findOne((await estate.nodes()).values(), text, 'principal', (n) => n.kind === 'principal')
  if (node.kind !== 'principal') throw new GomeisaError('INTERNAL', 'a principal was found that is none')
  return node
}

/** A resource or container by a part of its name, or any text that has the form of the cloud's resource names. */
export async function findResource(
  estate: OpenEstate,
  engine: DecisionEngine,
  text: string,
): Promise<string> {
  if (engine.isResource(text)) return text
  const holds = (node: GraphNode) =>
    node.cloud === engine.cloud &&
    (node.kind !== 'principal' || node.type === 'role' || node.type === 'service-account')
  return nativeId(findOne((await estate.nodes()).values(), text, 'resource', holds).id)
}

/** The engine whose cloud has such actions; the principal's own cloud first. */
export async function engineOfAction(
  estate: OpenEstate,
  action: string,
  first?: Cloud,
): Promise<DecisionEngine> {
  const order = [...CLOUDS].sort((a, b) => Number(b === first) - Number(a === first))
  for (const cloud of order) {
    const engine = await estate.engine(cloud)
    if (engine?.isAction(action) === true) return engine
  }
  throw new GomeisaError('USAGE', `\`${action}\` is no action of an imported cloud`, {
    remedy:
      'write it as the cloud does: s3:GetObject, storage.objects.get, Microsoft.Storage/storageAccounts/read',
  })
}

/** The principal itself where the engine can answer for it, else those it can become there, nearest sign-in first. */
export async function actorsOf(
  estate: OpenEstate,
  engine: DecisionEngine,
  principal: PrincipalNode,
): Promise<PrincipalNode[]> {
  const answerable = new Set(engine.principals)
  if (answerable.has(principal.id)) return [principal]
  const nodes = await estate.nodes()
  const edges = await estate.edges()
  const selves = new Set([principal.id])
  // A set only grows while it is walked, and a Set visits what is added to it: groups of groups are reached.
  for (const self of selves) {
    for (const edge of edges) if (edge.from === self && edge.kind === 'member-of') selves.add(edge.to)
  }
  const found = new Map<string, PrincipalNode>()
  for (const edge of edges) {
    if (edge.kind !== 'can-become' || !selves.has(edge.from) || !answerable.has(edge.to)) continue
    const node = nodes.get(edge.to)
    if (node?.kind === 'principal') found.set(node.id, node)
  }
  return [...found.values()]
}
