import { SEVERITIES } from '../../graph/index.ts'
import { chokeLink } from './headlines/choke-link.ts'
import type { Headline, HeadlineInput, HeadlineKind } from './headlines/headline.ts'
import { jewelReach } from './headlines/jewel-reach.ts'
import { leavers } from './headlines/leavers.ts'
import { newAdministrators } from './headlines/new-administrators.ts'
import { outsiders } from './headlines/outsiders.ts'
import { vendors } from './headlines/vendors.ts'

/** Every kind of headline, what is told first when equally grave first. */
const KINDS: readonly HeadlineKind[] = [jewelReach, leavers, outsiders, newAdministrators, vendors, chokeLink]

/** More than these nobody forwards. */
export const MOST_HEADLINES = 5

/** The best headlines, gravest first. Each kind is told once before any is told twice. */
export function headlines(input: HeadlineInput): Headline[] {
  const told = KINDS.map((kind) => kind(input))
  const chosen: { readonly headline: Headline; readonly kind: number }[] = []
  for (const round of [0, 1]) {
    const next = told
      .flatMap((list, kind) => list.slice(round, round + 1).map((headline) => ({ headline, kind })))
      .sort(byGravity)
    chosen.push(...next.slice(0, MOST_HEADLINES - chosen.length))
  }
  return chosen.sort(byGravity).map(({ headline }) => headline)
}

function byGravity(
  a: { readonly headline: Headline; readonly kind: number },
  b: { readonly headline: Headline; readonly kind: number },
): number {
  const gravity = SEVERITIES.indexOf(b.headline.severity) - SEVERITIES.indexOf(a.headline.severity)
  return gravity === 0 ? a.kind - b.kind : gravity
}
