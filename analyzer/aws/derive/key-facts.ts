import type { GraphNode } from '../../../graph/index.ts'
import { nativeId, observed } from '../../../graph/index.ts'
import type { LongLivedKeyFact } from '../../findings/fact.ts'
import { deactivateKey } from './remedies.ts'

/** Active access keys of users; a credential report must have been imported. */
export function* keyFacts(nodes: readonly GraphNode[]): Generator<LongLivedKeyFact> {
  for (const node of nodes) {
    if (node.kind !== 'principal' || node.credentials === undefined) continue
    for (const key of node.credentials) {
      if (key.type !== 'access-key' || !key.active) continue
      yield {
        fact: 'long-lived-key',
        principal: node.id,
        keyId: key.id,
        secret: 'access-key',
        ...(key.created === undefined ? {} : { created: key.created }),
        ...(key.lastUsed === undefined ? {} : { lastUsed: key.lastUsed }),
        evidence: [observed(node.seen ?? { source: 0, pointer: '' }, `${key.id} of ${node.name} is active`)],
        remedy: deactivateKey(nativeId(node.id), key.id),
        assumes: [],
      }
    }
  }
}
