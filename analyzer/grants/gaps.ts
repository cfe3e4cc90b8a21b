import type { Cloud, Gap, Missing, PermissionUniverse, Snapshot } from '../../graph/index.ts'
import type { Denial } from './model.ts'

/** What a grant engine must know of a gap. */
export type GapState = Pick<Gap, 'kind' | 'what' | 'scope' | 'consequence'>

/** A cloud's gaps, scopes folded to lower case. */
export function gapsOf(cloud: Cloud, { gaps }: Snapshot): GapState[] {
  return gaps
    .filter((gap) => gap.cloud === cloud)
    .map(({ kind, what, scope, consequence }) => ({ kind, what, scope: scope.toLowerCase(), consequence }))
}

/** Whether a gap is about one of some scopes: it names its last step, or a longer end of it. */
export function isAbout(gap: GapState, scopes: readonly string[]): boolean {
  return gap.scope === '*' || scopes.some((scope) => `/${scope.toLowerCase()}`.endsWith(`/${gap.scope}`))
}

/** Missing grants: they might allow what nothing that was seen allows. */
export function missingGrants(gaps: readonly GapState[], what: string, scopes: readonly string[]): Missing[] {
  return gaps
    .filter((gap) => gap.what === what && isAbout(gap, scopes))
    .map((gap) => ({ what, says: gap.consequence }))
}

/**
 * Denies that exist and were refused or cut off touch everything where they are missing. That nobody asked for them is
 * told by the estate's gaps and not by each answer: most estates have none.
 */
export function missingDenials(
  gaps: readonly GapState[],
  what: string,
  scopes: readonly string[],
  universe: PermissionUniverse,
): Denial[] {
  return gaps
    .filter((gap) => gap.what === what && gap.kind !== 'not-collected' && isAbout(gap, scopes))
    .map((gap) => ({
      actions: universe.all,
      missing: { what, says: gap.consequence },
      matches: () => true,
      touches: () => true,
    }))
}

/** Whether a group's listing was cut off: who else is in it is not known. */
export function isCutOff(gaps: readonly GapState[], what: string, group: string): boolean {
  return gaps.some((gap) => gap.what === what && gap.kind === 'truncated' && isAbout(gap, [group]))
}
