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
  action: string | undefined,
  text: string,
): Promise<string> {
  if (engine.isResource(text)) return text
  const node = findNode(await estate.nodes(), text, 'resource', (each) => isTarget(each, engine))
  const native = nativeId(node.id)
  const asked = action?.toLowerCase()
  const access = engine.accessActions(node.type).find((each) => each.action.toLowerCase() === asked)
  return access?.on.includes(SELF) === true ? access.on.replace(SELF, native) : native
}

/** Stands for the resource's own name in what `accessActions` asks on. */
const SELF = '{resource}'

/** Roles and service accounts are resources too: they are passed, assumed and changed. */
function isTarget(node: GraphNode, engine: DecisionEngine): boolean {
  return (
    node.cloud === engine.cloud &&
    (node.kind !== 'principal' || node.type === 'role' || node.type === 'service-account')
  )
}
