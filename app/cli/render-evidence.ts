import type { Derivation, SourceRef } from '../../graph/index.ts'
import { visible } from '../../graph/index.ts'
import type { OpenEstate } from '../estate/open-estate.ts'
import type { EvidenceLine } from '../estate/places.ts'
import { renderPlace } from './render-place.ts'
import type { Terminal } from './terminal.ts'

/** A chain of derivations as an indented tree, each observed fact with file, line and the lines themselves. */
export async function renderDerivation(
  terminal: Terminal,
  estate: OpenEstate,
  fact: Derivation,
  depth: number,
): Promise<void> {
  const indent = '  '.repeat(Math.min(depth, DEEPEST) + 1)
  const rule = fact.type === 'derived' ? ` [${fact.rule}]` : ''
  terminal.block(`${indent}${depth === 0 ? '' : '← '}`, visible(`${fact.says}${rule}`))
  if (fact.type === 'derived') {
    for (const from of fact.from) await renderDerivation(terminal, estate, from, depth + 1)
    return
  }
  renderPlace(terminal, await estate.place(fact.at), depth === 0 ? indent : `${indent}  `, true)
}

/** Deeper steps are not moved further to the right: the text would have no room. */
const DEEPEST = 8

/** A chain of derivations as `--json` prints it. */
export function evidenceJson(fact: Derivation, placeOf: (ref: SourceRef) => EvidenceLine): object {
  if (fact.type === 'derived') {
    const from = fact.from.map((each) => evidenceJson(each, placeOf))
    return { type: 'derived', rule: fact.rule, says: fact.says, from }
  }
  return { type: 'observed', says: fact.says, at: { ...placeOf(fact.at), pointer: fact.at.pointer } }
}
