import type { Derivation } from '../../graph/index.ts'
import type { OpenEstate } from '../estate/open-estate.ts'
import type { Terminal } from './terminal.ts'
import { printable, wrap } from './terminal.ts'

/** A chain of derivations as an indented tree, each observed fact with file, line and the lines themselves. */
export async function renderDerivation(
  terminal: Terminal,
  estate: OpenEstate,
  fact: Derivation,
  depth: number,
): Promise<void> {
  const indent = '  '.repeat(depth + 1)
  const rule = fact.type === 'derived' ? ` ${terminal.style('dim', `[${fact.rule}]`)}` : ''
  terminal.out(
    `${indent}${wrap(printable(fact.says), terminal.width - indent.length - 2, `${indent}  `)}${rule}`,
  )
  if (fact.type === 'derived') {
    for (const from of fact.from) await renderDerivation(terminal, estate, from, depth + 1)
    return
  }
  const place = await estate.place(fact.at)
  const at = place.line === undefined ? place.pointer : `${place.line}`
  terminal.out(`${indent}${terminal.style('dim', printable(`${place.origin}:${at}`))}`)
  for (const line of place.excerpt?.split('\n') ?? []) {
    terminal.out(`${indent}${terminal.style('dim', '│')} ${printable(line)}`)
  }
}

/** A chain of derivations with places resolved, as `--json` prints it. */
export async function evidenceJson(estate: OpenEstate, fact: Derivation): Promise<object> {
  if (fact.type === 'derived') {
    const from = await Promise.all(fact.from.map((each) => evidenceJson(estate, each)))
    return { type: 'derived', rule: fact.rule, says: fact.says, from }
  }
  const { origin, line, pointer } = await estate.place(fact.at)
  return { type: 'observed', says: fact.says, at: { origin, line, pointer } }
}
