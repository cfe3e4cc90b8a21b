import type { GraphNode, NodeId } from '../../graph/index.ts'
import { visible } from '../../graph/index.ts'
import type { Named } from '../estate/named.ts'
import { describeNode } from '../estate/named.ts'
import { count } from './plain-text.ts'
import type { Terminal } from './terminal.ts'

/** The accounts of a person and why they are theirs; nothing for one with a single account. */
export function renderPerson(terminal: Terminal, named: Named, nodes: ReadonlyMap<NodeId, GraphNode>): void {
  const { identities, maybe, links } = named
  if (identities.length + maybe.length < 2) return
  const all = count(identities.length, 'account is', 'accounts are')
  terminal.block('', visible(`${named.name}: ${all} certainly this person’s`), 'bold')
  for (const node of identities) terminal.block('  ', visible(`${node.name}, ${describeNode(nodes, node)}`))
  for (const { identity, conditions } of maybe) {
    terminal.block('  perhaps ', visible(`${identity.name}, ${describeNode(nodes, identity)}`))
    for (const { says } of conditions) terminal.block('    if ', visible(says))
  }
  for (const { rule, says, certainty } of links) {
    if (certainty === 'certain') terminal.block('  one by ', visible(`${rule}: ${says}`))
  }
  terminal.out('')
}
