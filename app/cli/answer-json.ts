import type { Answer, Reason } from '../../graph/index.ts'
import type { Asked } from '../estate/ask.ts'
import type { OpenEstate } from '../estate/open-estate.ts'

/** A question with its answers as `--json` prints them (docs/json.md). */
export async function askedJson(estate: OpenEstate, asked: Asked): Promise<object> {
  const answers = await Promise.all(
    asked.answers.map(async ({ as, answer }) => ({ as: as.id, ...(await answerJson(estate, answer)) })),
  )
  return {
    principal: asked.principal.id,
    identities: asked.named.identities.map((identity) => identity.id),
    action: asked.action,
    resource: asked.resource,
    decision: asked.answers[0].answer.decision,
    answers,
  }
}

/** An answer with the places of its reasons resolved. */
export async function answerJson(estate: OpenEstate, answer: Answer): Promise<object> {
  const because = await Promise.all(answer.because.map((reason) => reasonJson(estate, reason)))
  return { ...answer, because }
}

async function reasonJson(estate: OpenEstate, reason: Reason): Promise<object> {
  const { layer, effect, says } = reason
  if (reason.at === null) return { layer, effect, says }
  const { origin, line, pointer } = await estate.place(reason.at)
  return { layer, effect, says, at: { origin, line, pointer } }
}
