import { GomeisaError } from '../model/errors.ts'
import { nativeId } from '../model/ids.ts'
import type { GraphNode } from '../model/node.ts'

/** How well a node answers to a text, best first. */
const EXACT_ID = 0
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
    if (type !== undefined && (node.kind === type || ('type' in node && node.type === type))) {
      rank = Math.min(rank, rest === '' ? PART : rankOf(node, rest))
    }
    if (rank < NO_MATCH) found.push({ node, rank })
  }
  return found.sort(
    (a, b) => a.rank - b.rank || compare(a.node.name, b.node.name) || compare(a.node.id, b.node.id),
  )
}

/**
 * The one node a text means. An exact id, then an exact name or e-mail, then a unique part of one.
 * Throws `NOT_FOUND` or `AMBIGUOUS` with the candidates.
 */
export function findOne(
  nodes: Iterable<GraphNode>,
  text: string,
  what: string,
  accepts: (node: GraphNode) => boolean = () => true,
): GraphNode {
  const matches = findNodes(nodes, text, accepts)
  const best = matches[0]
  if (best === undefined) {
    throw new GomeisaError('NOT_FOUND', `no ${what} answers to \`${text}\``, {
      remedy:
        'give a part of its name, e-mail, ARN or id; `gomeisa what-can --list PART` lists what there is',
    })
  }
  const equal = matches.filter((match) => match.rank === best.rank)
  if (equal.length === 1) return best.node
  throw new GomeisaError('AMBIGUOUS', `\`${text}\` means ${equal.length} ${what}s`, {
    remedy: 'give one of these ids, or more of the name',
    candidates: equal.slice(0, CANDIDATES).map((match) => nativeId(match.node.id)),
  })
}

const CANDIDATES = 12

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
