import type { Certainty } from '../../../graph/index.ts'

/** From the surest to the least sure. */
export const CERTAINTIES: readonly Certainty[] = ['certain', 'conditional', 'unknown']

/** From the surest (0) to the least sure. */
export function rankOf(certainty: Certainty): number {
  return CERTAINTIES.indexOf(certainty)
}
