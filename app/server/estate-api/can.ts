import { ask } from '../../estate/ask.ts'
import { AmbiguousName } from '../../estate/named.ts'
import type { OpenEstate } from '../../estate/open-estate.ts'
import type { ApiCan } from '../api.ts'
import type { CanQuery } from '../handlers.ts'
import { AmbiguousNodeError } from '../handlers.ts'
import { reasonEvidence } from './evidence.ts'
import type { NodeRefs } from './node-refs.ts'

/** The most permissive of the answers; those of a person name the principal they were asked as. */
export async function answerCan(estate: OpenEstate, refs: NodeRefs, query: CanQuery): Promise<ApiCan> {
  const asked = await ask(estate, query.principal, query.action, query.resource).catch((error: unknown) => {
    throw error instanceof AmbiguousName
      ? new AmbiguousNodeError(
          error.message,
          error.nodes.map((id) => refs.ref(id)),
        )
      : error
  })
  const [{ as, answer }] = asked.answers
  const because = await Promise.all(answer.because.map((reason) => reasonEvidence(estate, reason)))
  return {
    principal: refs.ref(asked.principal.id),
    ...(as.id !== asked.principal.id && { as: refs.ref(as.id) }),
    action: asked.action,
    resource: asked.resource,
    decision: answer.decision,
    ...(answer.decision === 'unknown' && { otherwise: answer.otherwise }),
    conditions: 'conditions' in answer ? answer.conditions.map((condition) => condition.says) : [],
    missing: 'missing' in answer ? answer.missing.map((missing) => missing.says) : [],
    because,
  }
}
