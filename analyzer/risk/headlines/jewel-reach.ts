import type { Certainty } from '../../../graph/index.ts'
import { counted, nameOf } from '../../findings/words.ts'
import {
  type Headline,
  type HeadlineInput,
  pathsLink,
  peopleByNumber,
  peopleOf,
  whenBefore,
} from './headline.ts'

interface Row {
  readonly headline: Headline
  readonly newcomers: number
  readonly people: number
}

/** How many people reach a crown jewel, and how many of them did not before: most newcomers first, then most people. */
export function jewelReach({ current, previous }: HeadlineInput): readonly Headline[] {
  const rows: Row[] = []
  const now = peopleByNumber(current)
  const then = previous === null ? [] : peopleByNumber(previous)
  for (const group of current.reach.groups()) {
    const people = peopleOf(now, group)
    if (people.size === 0) continue
    const certain = [...people.values()].filter((certainty) => certainty === 'certain').length
    for (const jewel of group.jewels) {
      const earlier = previous?.reach.of(jewel)
      const known = previous && earlier ? peopleOf(then, earlier) : null
      const newcomers = known === null ? 0 : [...people.keys()].filter((key) => !known.has(key)).length
      const name = nameOf(current.nodes, jewel)
      const change = previous === null || newcomers === 0 ? '' : news(newcomers, people.size)
      const when = change === '' || previous === null ? '' : ` ${whenBefore(current, previous)}`
      rows.push({
        headline: {
          text: `${reaches([...people.values()], name)}${change}${when}`,
          severity: newcomers > 0 ? (certain > 0 ? 'critical' : 'high') : 'medium',
          link: pathsLink(null, jewel),
        },
        newcomers,
        people: people.size,
      })
    }
  }
  return rows.sort((a, b) => b.newcomers - a.newcomers || b.people - a.people).map((row) => row.headline)
}

function reaches(ways: readonly Certainty[], name: string): string {
  const all = counted(ways.length, 'person', 'people')
  const having = (certainty: Certainty) => ways.filter((way) => way === certainty).length
  const [certain, conditional, unknown] = [having('certain'), having('conditional'), having('unknown')]
  if (certain === 0) return `${all} may reach ${name}`
  const doubts = [
    ...(conditional > 0 ? [`${conditional} under conditions`] : []),
    ...(unknown > 0 ? [`${unknown} perhaps`] : []),
  ]
  const aside = doubts.length > 0 ? ` (${doubts.join(', ')})` : ''
  return `${all} ${ways.length === 1 ? 'reaches' : 'reach'} ${name}${aside}`
}

function news(newcomers: number, all: number): string {
  if (newcomers < all) return `; ${newcomers} did not`
  return all === 1 ? '; not so' : '; none of them did'
}
