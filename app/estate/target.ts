import type { DecisionEngine, GraphNode } from '../../graph/index.ts'
import { nativeId } from '../../graph/index.ts'
import { findNode } from './named.ts'
import type { OpenEstate } from './open-estate.ts'

/**
 * The native name of what an action is asked on: a text that has the form of the cloud's resource names as it stands,
 * else the resource or container that it names. Where the action works on what a resource holds (reading objects of a
 * bucket), a bucket's name means what the bucket holds. Throws `NOT_FOUND` or `AMBIGUOUS`.
 */
export async function findTarget(
  estate: OpenEstate,
  engine: DecisionEngine,
  action: string,
  text: string,
): Promise<string> {
  if (engine.isResource(text)) return text
  const node = await targetNode(estate, engine, text)
  const asked = action.toLowerCase()
  const access = engine.accessActions(node.type).find((each) => each.action.toLowerCase() === asked)
  return onTarget(nativeId(node.id), access?.on ?? '')
}

/** The native names of a resource and of what it holds: everything that actions on it are asked on. */
export async function findTargets(
  estate: OpenEstate,
  engine: DecisionEngine,
  text: string,
): Promise<string[]> {
  if (engine.isResource(text)) return [text]
  const node = await targetNode(estate, engine, text)
  const native = nativeId(node.id)
  return [...new Set([native, ...engine.accessActions(node.type).map(({ on }) => onTarget(native, on))])]
}

/** What an action of `accessActions` is asked on: a text with the resource's name in it, or one to append to the name. */
function onTarget(native: string, on: string): string {
  return on.includes(SELF) ? on.replace(SELF, () => native) : native + on
}

const SELF = '{resource}'

async function targetNode(estate: OpenEstate, engine: DecisionEngine, text: string): Promise<GraphNode> {
  return findNode(await estate.nodes(), text, 'resource', (node) => isTarget(node, engine))
}

/** Roles and service accounts are resources too: they are passed, assumed and changed. */
function isTarget(node: GraphNode, engine: DecisionEngine): boolean {
  return (
    node.cloud === engine.cloud &&
    (node.kind !== 'principal' || node.type === 'role' || node.type === 'service-account')
  )
}
