import { counted, nameOf } from '../../findings/words.ts'
import { chokes } from '../../paths/chokes.ts'
import { type Headline, type HeadlineInput, activePerson, pathsLink } from './headline.ts'

/** A link is worth naming when it ends at least so many ways, and this share of all. */
const LEAST = 2
const SHARE = 0.1

/** So many of the links that end most ways are looked at. */
const CANDIDATES = 50

/**
 * The one link that ends most ways from a person to a crown jewel. Only where an identity can become another: that somebody
 * is given access to what they work with is rarely what should be cut.
 */
export function chokeLink({ current }: HeadlineInput): readonly Headline[] {
  const people = new Set([...current.nodes.keys()].filter((id) => activePerson(current.nodes, id)))
  const best = chokes(current.attack, people, CANDIDATES).find((choke) =>
    choke.edges.every((edge) => edge.kind === 'can-become'),
  )
  if (best === undefined || best.cuts < LEAST || best.cuts < SHARE * best.pairs) return []
  const [edge] = best.edges
  const name = (id: typeof best.from): string => nameOf(current.nodes, id)
  const how = edge === undefined ? '' : ` (${edge.label}${best.edges.length > 1 ? ' and others' : ''})`
  const all = current.attack.jewels.length
  const jewels = best.jewels === all ? 'crown jewels' : `${best.jewels} of ${all} crown jewels`
  return [
    {
      text:
        `Cut ${name(best.from)} → ${name(best.to)}${how}: ${best.cuts} of ` +
        `${counted(best.pairs, 'way')} from people to ${jewels} are gone`,
      severity: 'high',
      link: pathsLink(best.from, best.to),
    },
  ]
}
