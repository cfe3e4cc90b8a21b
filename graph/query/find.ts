import { typeInWords, type GraphNode } from '../model/node.ts'

/** How well a node answers to a text, best first. */
export const EXACT_ID = 0
const EXACT_NAME = 1
const LAST_STEP = 2
const PREFIX = 3
const PART = 4
const NO_MATCH = 5

export interface Match {
  readonly node: GraphNode
  /** 0 is an exact id; higher is weaker. */
  readonly rank: number
}

/**
 * Nodes that answer to a text: by id, ARN, e-mail, name, or a part of one of them, case folded; best first, then by name
 * and id. A leading `type:` that names a node type or kind narrows (`role:deploy`, `user:ana`).
 */
export function findNodes(
  nodes: Iterable<GraphNode>,
  text: string,
  accepts: (node: GraphNode) => boolean = () => true,
): Match[] {
  const whole = text.trim().toLowerCase()
  const { type, rest } = typed(whole)
  const found: Match[] = []
  for (const node of nodes) {
    if (!accepts(node)) continue
    let rank = rankOf(node, whole)
    if (type !== undefined && (node.kind === type || node.type === type || typeInWords(node) === type)) {
      rank = Math.min(rank, rest === '' ? PART : rankOf(node, rest))
    }
    // What stands for many is reached by its id, from a path; nobody looks for it.
    if (rank > EXACT_ID && node.kind === 'principal' && node.many === true) continue
    if (rank < NO_MATCH) found.push({ node, rank })
  }
  return found.sort(
    (a, b) => a.rank - b.rank || compare(a.node.name, b.node.name) || compare(a.node.id, b.node.id),
  )
}

/** The matches of the best rank: more than one when a text is ambiguous, none when nothing answers to it. */
export function bestMatches(
  nodes: Iterable<GraphNode>,
  text: string,
  accepts?: (node: GraphNode) => boolean,
): { readonly rank: number; readonly nodes: readonly GraphNode[] } {
  const matches = findNodes(nodes, text, accepts)
  const rank = matches[0]?.rank ?? NO_MATCH
  return { rank, nodes: matches.filter((match) => match.rank === rank).map((match) => match.node) }
}

/** Nodes whose names look most like a text that nothing answers to. */
export function nearestNodes(
  nodes: Iterable<GraphNode>,
  text: string,
  accepts: (node: GraphNode) => boolean,
  most: number,
): GraphNode[] {
  const whole = text.trim().toLowerCase()
  const accepted = [...nodes].filter(accepts)
  return mostAlike(accepted, (node) => node.name, typed(whole).rest || whole, most)
}

/**
 * The things whose names look most like a text, most alike first: by the share of pairs of neighbouring letters that
 * they have in common (Sørensen and Dice), a misspelt name has most of them. Case does not count.
 */
export function mostAlike<T>(
  things: Iterable<T>,
  nameOf: (thing: T) => string,
  text: string,
  most: number,
): T[] {
  const wanted = pairs(text.toLowerCase())
  const found: { thing: T; likeness: number }[] = []
  for (const thing of things) {
    const likeness = alike(wanted, pairs(nameOf(thing).toLowerCase()))
    if (likeness >= LEAST_LIKENESS) found.push({ thing, likeness })
  }
  return found
    .sort((a, b) => b.likeness - a.likeness || compare(nameOf(a.thing), nameOf(b.thing)))
    .slice(0, most)
    .map(({ thing }) => thing)
}

/** From here on a person sees the likeness. */
const LEAST_LIKENESS = 0.5

function pairs(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2))
  return found
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const pair of a) if (b.has(pair)) both++
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size)
}

function typed(text: string): { type: string | undefined; rest: string } {
  const colon = text.indexOf(':')
  return colon > 0
    ? { type: text.slice(0, colon), rest: text.slice(colon + 1) }
    : { type: undefined, rest: '' }
}

function rankOf(node: GraphNode, text: string): number {
  const id = node.id.toLowerCase()
  const native = id.slice(id.indexOf(':') + 1)
  if (id === text || native === text) return EXACT_ID
  const name = node.name.toLowerCase()
  const email = node.kind === 'principal' ? node.email?.toLowerCase() : undefined
  if (name === text || email === text) return EXACT_NAME
  if (native.endsWith(`/${text}`) || native.endsWith(`:${text}`)) return LAST_STEP
  if (name.startsWith(text) || email?.startsWith(text) === true) return PREFIX
  return name.includes(text) || native.includes(text) || email?.includes(text) === true ? PART : NO_MATCH
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
