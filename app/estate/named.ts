import type { GraphNode, NodeId, NonEmpty, PrincipalNode } from '../../graph/index.ts'
import {
  bestMatches,
  CLOUD_TITLES,
  typeInWords,
  EXACT_ID,
  GomeisaError,
  isNonEmpty,
  nativeId,
  nearestNodes,
} from '../../graph/index.ts'
import type { OpenEstate } from './open-estate.ts'

type Nodes = ReadonlyMap<NodeId, GraphNode>

/** What a text means: one principal, or the identities of one person (same e-mail) in several directories. */
export interface Named {
  /** Of a person with several identities the e-mail. */
  readonly name: string
  readonly identities: NonEmpty<PrincipalNode>
}

/** `AMBIGUOUS`, with the nodes that the text may mean. */
export class AmbiguousName extends GomeisaError {
  readonly nodes: readonly NodeId[]

  constructor(message: string, remedy: string, nodes: readonly NodeId[], candidates: readonly string[]) {
    super('AMBIGUOUS', message, { remedy, candidates })
    this.nodes = nodes
  }
}

/**
 * The principal or the person that a text means. An exact id is that identity alone; by a name or e-mail a person is
 * meant, with all identities of that e-mail. Throws `NOT_FOUND` with the nearest names, `AMBIGUOUS` with the candidates.
 */
export async function findNamed(estate: OpenEstate, text: string): Promise<Named> {
  const nodes = await estate.nodes()
  const { rank, nodes: best } = bestMatches(nodes.values(), text, isPrincipal)
  const found = best.filter(isPrincipal)
  if (!isNonEmpty(found)) throw notFound(nodes, text, 'principal', isPrincipal)
  const [first] = found
  const email = personOf(first)
  if (found.some((other) => other !== first && (email === undefined || personOf(other) !== email))) {
    throw ambiguous(nodes, text, 'principal', found)
  }
  if (rank === EXACT_ID || email === undefined) return { name: first.name, identities: [first] }
  const twins = [...nodes.values()].filter(isPrincipal).filter((node) => personOf(node) === email)
  const others = twins.filter((node) => node.id !== first.id)
  return { name: others.length === 0 ? first.name : email, identities: [first, ...others] }
}

/** The one node, of those that pass, that a text means. */
export function findNode(
  nodes: Nodes,
  text: string,
  what: string,
  accepts: (node: GraphNode) => boolean,
): GraphNode {
  const { nodes: best } = bestMatches(nodes.values(), text, accepts)
  if (!isNonEmpty(best)) throw notFound(nodes, text, what, accepts)
  if (best.length > 1) throw ambiguous(nodes, text, what, best)
  return best[0]
}

/** What tells that two identities are one person's. */
export function personOf(node: PrincipalNode): string | undefined {
  return node.human === true ? node.email?.toLowerCase() : undefined
}

/** `role in web-prod, AWS`: what stands beside a name so that people know which one it is. */
export function describeNode(nodes: Nodes, node: GraphNode): string {
  const scope = node.scope === null ? undefined : nodes.get(node.scope)?.name
  const where = scope === undefined || GUID.test(scope) ? '' : `in ${scope}, `
  return `${typeInWords(node)} ${where}${CLOUD_TITLES[node.cloud]}`
}

/** A directory that nobody named: the number tells people nothing. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isPrincipal(node: GraphNode): node is PrincipalNode {
  return node.kind === 'principal' && node.many !== true
}

function ambiguous(nodes: Nodes, text: string, what: string, found: readonly GraphNode[]): AmbiguousName {
  const left = found.length - CANDIDATES
  const shown = found.slice(0, CANDIDATES)
  return new AmbiguousName(
    `\`${text}\` means ${found.length} ${what}s`,
    `give one of these ids, or more of the name${left > 0 ? `; ${left} more fit` : ''}`,
    shown.map((node) => node.id),
    shown.map((node) => candidate(nodes, node)),
  )
}

function notFound(
  nodes: Nodes,
  text: string,
  what: string,
  accepts: (node: GraphNode) => boolean,
): GomeisaError {
  const near = nearestNodes(nodes.values(), text, accepts, NEAREST)
  return new GomeisaError('NOT_FOUND', `no ${what} answers to \`${text}\``, {
    remedy: `${near.length > 0 ? 'these are alike; ' : ''}give a part of its name, e-mail, ARN or id`,
    candidates: near.map((node) => candidate(nodes, node)),
  })
}

/** The id, two spaces, and what it is. */
function candidate(nodes: Nodes, node: GraphNode): string {
  return `${nativeId(node.id)}  ${node.name}, ${describeNode(nodes, node)}`
}

const CANDIDATES = 12
const NEAREST = 5
