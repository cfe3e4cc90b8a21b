import type { Answer, Reason } from '../../graph/index.ts'
import type { OpenEstate } from '../estate/open-estate.ts'

/** A reason with its place resolved, as `--json` prints it. */
async function reasonJson(estate: OpenEstate, reason: Reason): Promise<object> {
  const { layer, effect, says } = reason
  if (reason.at === null) return { layer, effect, says }
  const { origin, line, pointer } = await estate.place(reason.at)
  return { layer, effect, says, at: { origin, line, pointer } }
}

/** An answer as `--json` prints it (docs/json.md). */
export async function answerJson(estate: OpenEstate, answer: Answer): Promise<object> {
  const because = await Promise.all(answer.because.map((reason) => reasonJson(estate, reason)))
  return { ...answer, because }
}
