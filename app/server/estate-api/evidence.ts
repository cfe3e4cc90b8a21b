import type { Derivation, Reason } from '../../../graph/index.ts'
import type { OpenEstate } from '../../estate/open-estate.ts'
import type { ApiEvidence } from '../api.ts'

/** A chain of derivations with every place resolved to file, line and lines. */
export async function apiEvidence(estate: OpenEstate, fact: Derivation): Promise<ApiEvidence> {
  if (fact.type === 'derived') {
    const from = await Promise.all(fact.from.map((each) => apiEvidence(estate, each)))
    return { ...nowhere(fact.says), rule: fact.rule, from }
  }
  const place = await estate.place(fact.at)
  return {
    says: fact.says,
    rule: null,
    origin: place.origin,
    command: place.command,
    line: place.line ?? null,
    pointer: place.pointer,
    excerpt: place.excerpt ?? null,
    from: [],
  }
}

/** A reason of an answer as evidence. */
export async function reasonEvidence(
  estate: OpenEstate,
  reason: Reason,
): Promise<ApiEvidence & { readonly layer: string; readonly effect: Reason['effect'] }> {
  const { layer, effect, says, at } = reason
  const evidence = at === null ? nowhere(says) : await apiEvidence(estate, { type: 'observed', at, says })
  return { ...evidence, layer, effect }
}

function nowhere(says: string): ApiEvidence {
  return { says, rule: null, origin: null, command: null, line: null, pointer: null, excerpt: null, from: [] }
}
