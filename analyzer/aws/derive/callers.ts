import type { Edge, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { entry } from '../../multimap.ts'
import type { Estate } from '../evaluate/estate.ts'
import { LayerReader } from '../evaluate/layers.ts'
import { actionMemo } from '../evaluate/action-memo.ts'
import { Request } from '../evaluate/request.ts'
import { PRINCIPAL_SIDE } from '../evaluate/resource-side.ts'
import { accountNode } from '../load/draft.ts'
import type { AwsState, Lists } from '../state.ts'
import { ALLOW, NOT_PRINCIPAL, NOT_RESOURCE, VARIABLES } from '../state.ts'
import type { Administrator } from './administrators.ts'
import { edgeFrom, type Allowed, type Judge } from './judge.ts'

/**
 * The principals of an account whose policies let them assume every role that trusts the account. Each has one edge to
 * this node, and the node one edge to each such role: callers × roles would not end. Whoever administers the account can
 * make itself one of them.
 */
export interface Callers {
  readonly account: number
  readonly node: NodeId
  readonly members: ReadonlySet<number>
  /** Stands for the others: the one with the fewest conditions of its own. */
  readonly first: number
}

/** Fewer are told one by one. */
const LEAST = 5
const ACTION = 'sts:AssumeRole'

/** Principals by account with a statement that allows `sts:AssumeRole` on `*`. */
function broad(estate: Estate): ReadonlyMap<number, readonly number[]> {
  return entry(KNOWN, estate.state, () => found(estate))
}

const KNOWN = new WeakMap<AwsState, ReadonlyMap<number, readonly number[]>>()

function found(estate: Estate): ReadonlyMap<number, readonly number[]> {
  const { layerSets, documents, statements } = estate.state
  const request = new Request(estate, ACTION, '*', { actionMemo: actionMemo(estate.state) })
  const isBroad = Uint8Array.from(statements.flags, (_, statement) =>
    isBroadStatement(estate, statement) && request.hasAction(statement) ? 1 : 0,
  )
  const holds = holding(documents.statements, isBroad)
  const sets = holding(layerSets.identity, holds)
  const byAccount = new Map<number, number[]>()
  for (const [set, isHolder] of sets.entries()) {
    if (isHolder === 0 || layerSets.serviceLinked[set] === 1) continue
    const account = layerSets.account[set] ?? -1
    const list = byAccount.get(account)
    if (list === undefined) byAccount.set(account, [...estate.membersOf(set)])
    else list.push(...estate.membersOf(set))
  }
  return new Map([...byAccount].filter(([, list]) => list.length >= LEAST))
}

/** By list, whether one of its items is marked. */
function holding({ offsets, items }: Lists, marked: Uint8Array): Uint8Array {
  const found = new Uint8Array(offsets.length - 1)
  for (let list = 0; list < found.length; list++) {
    const end = offsets[list + 1] ?? 0
    for (let i = offsets[list] ?? 0; i < end; i++) if (marked[items[i] ?? -1] === 1) found[list] = 1
  }
  return found
}

/** Whether a statement allows something on `*`. */
export function isBroadStatement(estate: Estate, statement: number): boolean {
  const flags = estate.flags(statement)
  if ((flags & ALLOW) === 0 || (flags & NOT_RESOURCE) !== 0) return false
  const list = estate.state.statements.resources[statement] ?? -1
  return list >= 0 && estate.isEverything(list)
}

/** The nodes that stand for callers. */
export function callerNodes(estate: Estate): readonly PrincipalNode[] {
  return [...broad(estate).keys()].map((account) => {
    const id = estate.state.accounts[account]?.id ?? ''
    return {
      kind: 'principal',
      type: 'role',
      id: callerNode(id),
      cloud: 'aws',
      name: `any role that trusts ${id}`,
      scope: accountNode(id),
      tags: [],
      seen: null,
      human: false,
      many: true,
    }
  })
}

function callerNode(account: string): NodeId {
  return nodeId('aws', `any-role-that-trusts/${account}`)
}

/** The callers of each account, and their edges to its node; certain administrators need none. */
export function callersOf(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
): { readonly callers: ReadonlyMap<number, Callers>; readonly edges: readonly Edge[] } {
  const { estate } = judge
  const request = judge.holders.request(ACTION, 'arn:aws:iam::*:role/*', { whole: true })
  const reader = new LayerReader(request, true, PRINCIPAL_SIDE)
  const callers = new Map<number, Callers>()
  const edges: Edge[] = []
  for (const [account, principals] of broad(estate)) {
    const id = estate.state.accounts[account]?.id ?? ''
    let first: { readonly principal: number; readonly allowed: Allowed } | undefined
    for (const principal of principals) {
      const allowed = judge.allowed(reader, principal)
      if (allowed === undefined) continue
      if (first === undefined || weight(allowed) < weight(first.allowed)) first = { principal, allowed }
      if (administrators.get(principal)?.allowed.certainty === 'certain') continue
      const says = `${estate.identity(principal).name} may assume every role that trusts account ${id}`
      const edge = {
        kind: 'can-become',
        to: callerNode(id),
        rule: 'assume-role',
        label: 'assume role',
      } as const
      edges.push(edgeFrom(estate, principal, allowed, edge, says))
    }
    if (first === undefined) continue
    const members = new Set(principals)
    callers.set(account, { account, node: callerNode(id), members, first: first.principal })
  }
  return { callers, edges }
}

function weight({ certainty, conditions, assumes }: Allowed): number {
  return (certainty === 'certain' ? 0 : 1000) + conditions.length + assumes.length
}

/**
 * Whether the resource's side treats all unnamed principals of an account alike: no condition on the principal's ARN, no
 * variable, no `NotPrincipal`.
 */
export function treatsAlike({ side, request }: LayerReader, estate: Estate): boolean {
  const { uses, accounts } = estate.state
  const rcps = accounts[side.account]?.rcps
  const levels = rcps?.status === 'known' ? rcps.levels : []
  const documents = levels.flatMap((level) => [...estate.documentsOf(level)])
  if (side.policy >= 0) documents.push(uses.documents[side.policy] ?? -1)
  return documents.every((document) => {
    const statements = estate.statementsOf(document)
    return request.indexesIn(document).every((i) => {
      const flags = estate.flags(statements[i] ?? -1)
      const clauses = estate.blockOf(statements[i] ?? -1)?.clauses ?? []
      const isAboutOne = clauses.some(
        (clause) =>
          clause.key.toLowerCase() === 'aws:principalarn' ||
          ((flags & VARIABLES) !== 0 && clause.values.some((value) => value.includes('${'))),
      )
      return (flags & NOT_PRINCIPAL) === 0 && !isAboutOne
    })
  })
}
