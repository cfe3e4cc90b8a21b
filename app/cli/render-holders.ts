import type { GraphNode, NodeId, PrincipalNode, PrincipalType, WhoCanRow } from '../../graph/index.ts'
import { CLOUD_TITLES } from '../../graph/index.ts'
import type { SignsIn } from '../estate/actors.ts'
import { DECISION_ORDER } from '../estate/ask.ts'
import { count, printable } from './plain-text.ts'
import { decisionWord } from './render-answer.ts'
import { renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Who holds a permission: everything that `who-can` shows. */
export interface Holders {
  readonly rows: readonly WhoCanRow[]
  /** People who sign in to one of the principals. */
  readonly people: readonly SignsIn[]
  readonly nodes: ReadonlyMap<NodeId, GraphNode>
}

/** A line: who, what it is, where it lives; people who sign in to something: as what. */
interface Line {
  readonly group: Group
  readonly cells: readonly [name: string, what: string, where: string]
}

/** In the order in which they are shown. */
const GROUPS = ['People', 'Roles and workloads', 'Groups', 'Everyone in'] as const
type Group = (typeof GROUPS)[number]

const GROUP_OF: Readonly<Record<PrincipalType, Group>> = {
  user: 'People',
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
      const lines = [...signInLines(holders, ids), ...[...ids].flatMap((id) => ownLine(holders.nodes, holders.nodes.get(id)))]
      terminal.out(`\n${decisionWord(terminal, decision)}  ${count(ids.size, 'principal')}`)
      for (const term of terms.split('\n').filter((text) => text !== '')) terminal.block('  ', printable(term))
      for (const group of GROUPS) renderGroup(terminal, group, lines, limit)
    }
  }
}

function renderGroup(terminal: Terminal, group: Group, lines: readonly Line[], limit: number): void {
  const own = lines.filter((line) => line.group === group)
  if (own.length === 0) return
  terminal.out(`  ${terminal.style('bold', group)} ${terminal.style('dim', own.length.toLocaleString('en-US'))}`)
  renderTable(
    terminal,
    own.slice(0, limit).map((line) => line.cells.map(printable)),
    '    ',
  )
  if (own.length > limit) terminal.out(`    … and ${count(own.length - limit, 'more', 'more')} (--limit all)`)
}

/** What the decision hangs on, a line for each condition or missing fact. */
function termsOf({ answer }: WhoCanRow): string {
  if (answer.decision === 'unknown') return answer.missing.map((missing) => `missing: ${missing.says}`).join('\n')
  return 'conditions' in answer ? answer.conditions.map((condition) => `if ${condition.says}`).join('\n') : ''
}

function signInLines({ people, nodes }: Holders, ids: ReadonlySet<NodeId>): Line[] {
  return people.flatMap(({ person, as }) => {
    const [first, ...more] = as.filter((id) => ids.has(id))
    const role = first === undefined ? undefined : nodes.get(first)
    if (role === undefined) return []
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    return [{ group: 'People', cells: [person.email ?? person.name, `as ${role.name}${others}`, placeOf(nodes, role)] }]
  })
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
