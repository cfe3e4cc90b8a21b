import type { GraphNode, NodeId } from '../../graph/index.ts'
import { grouped, typeInWords, visible } from '../../graph/index.ts'
import type { Named } from '../estate/named.ts'
import { renderPerson } from './render-person.ts'
import { describeNode } from '../estate/named.ts'
import type { Power, PowersAs } from '../estate/powers.ts'
import { summariseActions } from '../estate/summarise-actions.ts'
import { count } from './plain-text.ts'
import { decisionStyle, decisionText } from './render-answer.ts'
import type { Terminal } from './terminal.ts'

/** What a principal or person may do: a section for each principal that was asked, the most powerful first. */
export function renderPowers(
  terminal: Terminal,
  named: Named,
  all: readonly PowersAs[],
  nodes: ReadonlyMap<NodeId, GraphNode>,
  limit: number,
): void {
  const some = all.filter(({ powers }) => powers.length > 0).sort((a, b) => strength(b) - strength(a))
  renderPerson(terminal, named, nodes)
  for (const [i, each] of some.entries()) {
    if (i > 0) terminal.out('')
    const { as } = each
    const self = [...named.identities, ...named.maybe.map(({ identity }) => identity)].some(
      ({ id }) => id === as.id,
    )
    const title = self
      ? `${as.name}, ${describeNode(nodes, as)}`
      : `${named.name} as ${as.name}, ${describeNode(nodes, as)}`
    terminal.block('', visible(title), 'bold')
    if (each.administers.length > 0) {
      const names = each.administers.map((container) => `${typeInWords(container)} ${container.name}`)
      const sure = each.theirsIf.length === 0 ? '' : 'PERHAPS '
      terminal.block('  ', visible(`${sure}ADMINISTRATOR of ${listed(names)}`), ['bold', 'red'])
    }
    for (const power of each.powers.slice(0, limit)) renderPower(terminal, power, each.universe)
    const left = each.powers.length - limit
    if (left > 0) terminal.out(`  … and ${count(left, 'more row', 'more rows')} (--limit all)`)
  }
  const idle = all.length - some.length
  if (some.length === 0)
    terminal.block('', visible(`${named.name} may do nothing that the imported policies name`))
  else if (idle > 0) terminal.out(`\nnothing as ${count(idle, 'other identity', 'other identities')}`)
}

function renderPower(terminal: Terminal, power: Power, universe: number): void {
  const { resources, actions, decision, conditions } = power
  const of = actions.length * MANY > universe ? ` of ${grouped(universe)}` : ''
  const what = `${count(actions.length, 'action')}${of} on ${listed(resources)}`
  terminal.block(`  ${decisionText(decision)}  `, visible(what), undefined, decisionStyle(decision))
  terminal.block('    ', visible(summariseActions(actions, LISTED).join(', ')))
  for (const condition of conditions.slice(0, LISTED)) terminal.block('    if ', visible(condition.says))
  if (conditions.length > LISTED) {
    terminal.out(`    … and ${count(conditions.length - LISTED, 'more condition', 'more conditions')}`)
  }
}

/** From a tenth of the cloud's actions on, how many there are tells something. */
const MANY = 10

/** Names, actions and conditions shown of a row. */
const LISTED = 6

function strength({ administers, powers }: PowersAs): number {
  return administers.length * 1e6 + (powers[0]?.actions.length ?? 0)
}

function listed(names: readonly string[]): string {
  const left = names.length - LISTED
  return `${names.slice(0, LISTED).join(', ')}${left > 0 ? ` and ${grouped(left)} more` : ''}`
}
