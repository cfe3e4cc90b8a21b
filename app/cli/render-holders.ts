import type { GraphNode, NodeId, PrincipalNode, PrincipalType, WhoCanRow } from '../../graph/index.ts'
import { CLOUD_TITLES, visible, grouped } from '../../graph/index.ts'
import type { SignsIn } from '../estate/actors.ts'
import { DECISION_ORDER } from '../estate/ask.ts'
import { columnsOf, count } from './plain-text.ts'
import { decisionStyle, decisionText } from './render-answer.ts'
import { renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Who holds a permission: everything that `who-can` shows. */
export interface Holders {
  readonly rows: readonly WhoCanRow[]
  /** People who sign in to one of the principals. */
  readonly people: readonly SignsIn[]
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
}

/** A line: who, what it is, where it lives. */
interface Line {
  readonly group: Group
  readonly cells: readonly [name: string, what: string, where: string]
}

/** In the order in which they are shown. */
const GROUPS = ['People', 'Users', 'Roles and workloads', 'Groups', 'Everyone in'] as const
type Group = (typeof GROUPS)[number]

const GROUP_OF: Readonly<Record<PrincipalType, Group>> = {
  // A user of which nobody knows whether a person stands behind it.
  user: 'Users',
  role: 'Roles and workloads',
  'service-account': 'Roles and workloads',
  'service-principal': 'Roles and workloads',
  application: 'Roles and workloads',
  'managed-identity': 'Roles and workloads',
  federated: 'Roles and workloads',
  service: 'Roles and workloads',
  group: 'Groups',
  account: 'Everyone in',
  domain: 'Everyone in',
  public: 'Everyone in',
}

/** Rows of the same decision and the same conditions together: the conditions once, then people first. */
export function renderHolders(terminal: Terminal, holders: Holders, limit: number): void {
  for (const decision of DECISION_ORDER) {
    const fitting = holders.rows.filter((row) => row.answer.decision === decision)
    for (const [terms, rows] of Map.groupBy(fitting, termsOf)) {
      const ids = new Set(rows.flatMap((row) => row.principals))
      const behind = holders.people.filter(({ as }) => as.some((id) => ids.has(id)))
      const people =
        behind.length === 0 ? '' : `, ${count(behind.length, 'person signs', 'people sign')} in to them`
      const head = terminal.style(decisionStyle(decision), decisionText(decision))
      terminal.out(`\n${head}  ${count(ids.size, 'principal')}${people}`)
      for (const term of terms.split('\n').filter((text) => text !== '')) terminal.block('  ', visible(term))
      renderSignIns(terminal, behind, ids, holders.nodes, limit)
      const lines = [...ids].flatMap((id) => ownLine(holders.nodes, holders.nodes.get(id)))
      for (const group of GROUPS) renderGroup(terminal, group, lines, limit)
    }
  }
}

/** People with what they sign in to: in one line where it fits. */
function renderSignIns(
  terminal: Terminal,
  people: readonly SignsIn[],
  ids: ReadonlySet<NodeId>,
  nodes: ReadonlyMap<NodeId, GraphNode>,
  limit: number,
): void {
  if (people.length === 0) return
  heading(terminal, 'People who sign in', people.length)
  for (const { person, as } of people.slice(0, limit)) {
    const [first, ...more] = as.filter((id) => ids.has(id))
    const role = first === undefined ? undefined : nodes.get(first)
    if (role === undefined) continue
    const name = visible(person.email ?? person.name)
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    const what = visible(`as ${role.name} in ${placeOf(nodes, role)}${others}`)
    const line = `    ${name}  ${what}`
    if (columnsOf(line) <= terminal.width) terminal.out(line)
    else {
      terminal.block('    ', name)
      terminal.block('      ', what)
    }
  }
  moreOf(terminal, people.length - limit)
}

function renderGroup(terminal: Terminal, group: Group, lines: readonly Line[], limit: number): void {
  const own = lines.filter((line) => line.group === group)
  if (own.length === 0) return
  heading(terminal, group, own.length)
  const cells = own.slice(0, limit).map((line) => line.cells.map(visible))
  renderTable(terminal, cells, '    ')
  moreOf(terminal, own.length - limit)
}

function heading(terminal: Terminal, title: string, number: number): void {
  terminal.out(`  ${terminal.style('bold', title)} (${grouped(number)})`)
}

function moreOf(terminal: Terminal, left: number): void {
  if (left > 0) terminal.out(`    … and ${grouped(left)} more (--limit all)`)
}

/** What the decision hangs on, a line for each condition or missing fact. */
function termsOf({ answer }: WhoCanRow): string {
  if (answer.decision === 'unknown')
    return answer.missing.map((missing) => `missing: ${missing.says}`).join('\n')
  return 'conditions' in answer ? answer.conditions.map((condition) => `if ${condition.says}`).join('\n') : ''
}

function ownLine(nodes: ReadonlyMap<NodeId, GraphNode>, node: GraphNode | undefined): Line[] {
  if (node?.kind !== 'principal') return []
  return [{ group: groupOf(node), cells: [node.name, node.type, placeOf(nodes, node)] }]
}

function groupOf(node: PrincipalNode): Group {
  return node.human === true ? 'People' : GROUP_OF[node.type]
}

function placeOf(nodes: ReadonlyMap<NodeId, GraphNode>, node: GraphNode): string {
  return (node.scope === null ? undefined : nodes.get(node.scope)?.name) ?? CLOUD_TITLES[node.cloud]
}
