import type { DecisionEngine, PrincipalNode, Residual } from '../../graph/index.ts'
import { actorsOf } from './actors.ts'
import type { Named } from './named.ts'
import type { OpenEstate } from './open-estate.ts'

/** A principal to be asked about, and what must hold for its power to be that of the person who is meant. */
export interface AskedActor {
  readonly as: PrincipalNode
  readonly conditions: readonly Residual[]
}

/** `actorsOf` a person: of the accounts that are certainly theirs, then of those that are under conditions; each once. */
export async function askedActors(
  estate: OpenEstate,
  engine: DecisionEngine,
  { identities, maybe }: Named,
): Promise<AskedActor[]> {
  const found: AskedActor[] = []
  const groups = [{ of: identities, conditions: [] }, ...maybe.map((m) => ({ of: [m.identity], ...m }))]
  for (const { of, conditions } of groups) {
    for (const as of await actorsOf(estate, engine, of)) {
      if (found.every((known) => known.as.id !== as.id)) found.push({ as, conditions })
    }
  }
  return found
}
