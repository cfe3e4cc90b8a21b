import type { Derivation } from '../../graph/index.ts'
import type { OpenEstate } from '../estate/open-estate.ts'
import { printable } from './plain-text.ts'
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
  terminal.block(`${indent}${depth === 0 ? '' : '← '}`, printable(`${fact.says}${rule}`))
  if (fact.type === 'derived') {
    for (const from of fact.from) await renderDerivation(terminal, estate, from, depth + 1)
    return
  }
  renderPlace(terminal, await estate.place(fact.at), depth === 0 ? indent : `${indent}  `, true)
}

/** Deeper steps are not moved further to the right: the text would have no room. */
const DEEPEST = 8

/** A chain of derivations with places resolved, as `--json` prints it. */
export async function evidenceJson(estate: OpenEstate, fact: Derivation): Promise<object> {
  if (fact.type === 'derived') {
    const from = await Promise.all(fact.from.map((each) => evidenceJson(estate, each)))
    return { type: 'derived', rule: fact.rule, says: fact.says, from }
  }
  const { origin, line, pointer } = await estate.place(fact.at)
  return { type: 'observed', says: fact.says, at: { origin, line, pointer } }
}

/** The same without line numbers, which need the files read: for lists of many findings. */
export function evidenceOutline(estate: OpenEstate, fact: Derivation): object {
  if (fact.type === 'derived') {
    const from = fact.from.map((each) => evidenceOutline(estate, each))
    return { type: 'derived', rule: fact.rule, says: fact.says, from }
  }
  const origin = estate.snapshot.sources[fact.at.source]?.origin ?? 'unknown source'
  return { type: 'observed', says: fact.says, at: { origin, pointer: fact.at.pointer } }
}
