import { isObject, ownString } from '../../graph/index.ts'
import { entitiesIn, nodesOf, pathsOf } from './expression.ts'
import type { Policy } from './policy.ts'
import { withoutNamespace } from './schema.ts'

/**
 * What policies can look at. Most of a call's time goes into handing Cedar the request, so that it is given what is read
 * and nothing else; what no policy names cannot change an answer.
 */
export interface Reads {
  /** Whether an attribute of this name is read of anything. */
  readonly attribute: (name: string) => boolean
  /** Whether a member of the evidence is read. */
  readonly evidence: (name: string) => boolean
  /** Whether a group, or a bundle of entitlements, is named in a scope or a condition. */
  readonly names: (type: 'Group' | 'EntitlementGroup', id: string) => boolean
}

export function readsOf(policies: readonly Policy[]): Reads {
  const attributes = new Set<string>()
  const evidence = new Set<string>()
  const named = new Set<string>()
  let whole = false
  for (const { scope, conditions } of policies) {
    for (const name of [scope.principal, scope.resource]) if (name) named.add(`${name.type}/${name.id}`)
    for (const { body } of conditions) {
      for (const [type, id] of entitiesIn(body)) named.add(`${withoutNamespace(type)}/${id}`)
      for (const [operator, argument] of nodesOf(body)) {
        if ((operator === '.' || operator === 'has') && isObject(argument)) {
          const attribute = ownString(argument, 'attr')
          // `has` may name a path: then nothing is left out.
          if (attribute === undefined) whole = true
          else attributes.add(attribute)
        }
      }
      for (const path of pathsOf(body)) {
        const [root, part, name] = path
        if (root !== 'context') continue
        if (part === undefined || (part === 'evidence' && name === undefined)) whole = true
        else if (part === 'evidence' && name !== undefined) evidence.add(name)
      }
    }
  }
  return {
    attribute: (name) => whole || attributes.has(name),
    evidence: (name) => whole || evidence.has(name),
    names: (type, id) => named.has(`${type}/${id}`),
  }
}
