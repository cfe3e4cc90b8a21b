import type { GraphNode, NodeId, NonEmpty, PersonLink, PrincipalNode, Residual } from '../../graph/index.ts'
import {
  accountsOf,
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

/** What a text means: one principal, or one person with their accounts in several directories. */
export interface Named {
  /** Of a person with several accounts the e-mail, when there is one. */
  readonly name: string
  /** What is certainly meant. */
  readonly identities: NonEmpty<PrincipalNode>
  /** Accounts that are the same person's under conditions. */
  readonly maybe: readonly MaybeTheirs[]
  /** Why all these are one person's. */
  readonly links: readonly PersonLink[]
}

/** An account and what must hold for it to be the person's; at least one condition. */
export interface MaybeTheirs {
  readonly identity: PrincipalNode
  readonly conditions: NonEmpty<Residual>
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
 * meant, with all their accounts. Throws `NOT_FOUND` with the nearest names, `AMBIGUOUS` with the candidates.
 */
export async function findNamed(estate: OpenEstate, text: string): Promise<Named> {
  const nodes = await estate.nodes()
  const { rank, nodes: best } = bestMatches(nodes.values(), text, isPrincipal)
  const found = best.filter(isPrincipal)
  if (!isNonEmpty(found)) throw notFound(nodes, text, 'principal', isPrincipal)
  const [only] = found
  if (rank === EXACT_ID) return { name: only.name, identities: [only], maybe: [], links: [] }
  const links = await estate.people()
  const persons = found.map((node) => personAround(nodes, node, links))
  const person = persons.reduce((a, b) => (b.identities.length > a.identities.length ? b : a))
  const theirs = new Set([...person.identities, ...person.maybe.map(({ identity }) => identity)])
  if (found.some((node) => !theirs.has(node))) throw ambiguous(nodes, text, 'principal', found)
  return person
}

/** The person whose account this is, with their other accounts; a principal that is nobody's is alone. */
export function personAround(nodes: Nodes, node: PrincipalNode, links: readonly PersonLink[]): Named {
  const others: PrincipalNode[] = []
  const maybe: MaybeTheirs[] = []
  const why = new Set<PersonLink>()
  for (const account of accountsOf(node.id, links).slice(1)) {
    const identity = nodes.get(account.id)
    if (identity?.kind !== 'principal') continue
    for (const link of account.links) why.add(link)
    const conditions = account.conditions.map((says) => ({ says }))
    if (isNonEmpty(conditions)) maybe.push({ identity, conditions })
    else others.push(identity)
  }
  const email = [node, ...others].find((each) => each.email !== undefined)?.email?.toLowerCase()
  const name = others.length === 0 ? node.name : (email ?? node.name)
  return { name, identities: [node, ...others], maybe, links: [...why] }
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
