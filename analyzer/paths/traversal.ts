import { ACCESS_LEVELS, type AccessLevel, type Certainty, type Doubt, type Edge } from '../../graph/index.ts'

/** From certain to unknown; the place in this list is the step's doubt in the path search. */
export const CERTAINTIES = ['certain', 'conditional', 'unknown'] as const satisfies readonly Certainty[]

export function doubtOf(certainty: Certainty): Doubt {
  return certainty === 'certain' ? 0 : certainty === 'conditional' ? 1 : 2
}

export function certaintyOf(doubt: number): Certainty {
  return CERTAINTIES[doubt] ?? 'unknown'
}

/** The least level that counts as reaching a resource. Seeing its name in a list does not. */
export const REACH_LEVEL: AccessLevel = 'read'

/**
 * How an attacker can use an edge.
 * - `power`: whoever has the power of `from` has the power of `to`: membership, the service principal of an application,
 *   every `can-become` technique.
 * - `access`: `from` reaches the data of `to`, or administers it.
 * - `control`: what runs with an identity gives it away to whoever controls the thing: `runs-as`.
 * - `none`: ownership alone is no power; where it is one, the cloud's analyzer says so by a `can-become` edge. Access
 *   below the level that counts is no way either.
 */
export type Use = 'power' | 'access' | 'control' | 'none'

export function useOf(edge: Edge): Use {
  switch (edge.kind) {
    case 'member-of':
    case 'identity-of':
    case 'can-become':
      return 'power'
    case 'can-access':
      return atLeast(edge.level, REACH_LEVEL) ? 'access' : 'none'
    case 'runs-as':
      return 'control'
    case 'owns':
      return 'none'
  }
}

/** Whether the edge lets its start change who has access to its end. An access edge without a level says no more than reach. */
export function administers(edge: Edge): boolean {
  return edge.kind === 'can-access' && edge.level === 'administer'
}

function atLeast(level: AccessLevel | undefined, least: AccessLevel): boolean {
  return level === undefined || ACCESS_LEVELS.indexOf(level) >= ACCESS_LEVELS.indexOf(least)
}
