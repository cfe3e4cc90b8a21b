import type { Cloud, DecisionEngine, GraphNode } from '../../graph/index.ts'
import { CLOUDS, nativeId } from '../../graph/index.ts'
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
  const accepts = (node: GraphNode) => node.cloud === engine.cloud && isTarget(node)
  const node = findNode(await estate.nodes(), text, 'resource', accepts)
  const asked = action.toLowerCase()
  const access = engine.accessActions(node.type).find((each) => each.action.toLowerCase() === asked)
  return onTarget(nativeId(node.id), access?.on ?? '')
}

/** The native names of a resource and of what it holds: everything that actions on it are asked on, and in which cloud. */
export async function findTargets(
  estate: OpenEstate,
  text: string,
): Promise<{ readonly cloud: Cloud; readonly targets: readonly string[] }> {
  for (const cloud of CLOUDS) {
    if ((await estate.engine(cloud))?.isResource(text) === true) return { cloud, targets: [text] }
  }
  const node = findNode(await estate.nodes(), text, 'resource', isTarget)
  const native = nativeId(node.id)
  const access = (await estate.engine(node.cloud))?.accessActions(node.type) ?? []
  return {
    cloud: node.cloud,
    targets: [...new Set([native, ...access.map(({ on }) => onTarget(native, on))])],
  }
}

/** What an action of `accessActions` is asked on: a text with the resource's name in it, or one to append to the name. */
function onTarget(native: string, on: string): string {
  return on.includes(SELF) ? on.replace(SELF, () => native) : native + on
}

const SELF = '{resource}'

/** Roles and service accounts are resources too: they are passed, assumed and changed. */
function isTarget(node: GraphNode): boolean {
  return node.kind !== 'principal' || node.type === 'role' || node.type === 'service-account'
}
