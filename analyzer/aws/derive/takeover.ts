import type { Edge, GraphNode, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { nativeId, nodeId } from '../../../graph/index.ts'
import { accountNode } from '../load/draft.ts'
import { ROLE_GRANTS, TAKEOVERS, type Takeover } from '../techniques/takeover.ts'
import type { Administrator } from './administrators.ts'
import type { Assumption } from './assume-role.ts'
import type { LayerReader } from '../evaluate/layers.ts'
import { edgeFrom, together, type Allowed, type Judge } from './judge.ts'
import type { Settled } from './settled.ts'

/** `can-become` edges of taking over users, roles and groups of the account. */
export function* takeoverEdges(judge: Judge, settled: Settled, nodes: readonly GraphNode[]): Generator<Edge> {
  const { estate } = judge
  const byAccount = targetsByAccount(nodes)
  for (const technique of TAKEOVERS) {
    for (const [account, holders] of judge.holders.of(technique.action)) {
      const id = estate.state.accounts[account]?.id ?? ''
      const targets = settled.ordered(byAccount.get(`${id} ${technique.target}`) ?? [], (t) => nativeId(t.id))
      const readers = targets.map((target) => judge.reader(technique.action, nativeId(target.id)))
      const able = readers.map(({ request }) => judge.holders.able(technique.action, request, account))
      for (const principal of holders) {
        if (technique.by !== undefined && estate.identity(principal).kind !== technique.by) continue
        for (const [i, target] of targets.entries()) {
          if (settled.isDone(principal)) break
          const reader = readers[i]
          if (reader === undefined || able[i]?.has(principal) !== true) continue
          if (estate.nodeOf(principal) === target.id) continue
          const edge = takeover(judge, settled, technique, principal, target, reader)
          if (edge !== undefined) yield edge
        }
      }
    }
  }
}

function takeover(
  judge: Judge,
  settled: Settled,
  technique: Takeover,
  principal: number,
  target: PrincipalNode,
  reader: LayerReader,
): Edge | undefined {
  const { estate } = judge
  const fits = prerequisite(technique, target)
  if (fits === false) return undefined
  if (technique.target === 'group' && judge.groupsOf(principal).includes(nativeId(target.id)))
    return undefined
  const bare = settled.allowed(reader, principal)
  if (bare === undefined) return undefined
  const allowed = fits === 'unknown' ? onlyIf(bare, technique.requires?.says ?? '') : bare
  settled.record(principal, nativeId(target.id), allowed)
  return edgeFrom(
    estate,
    principal,
    allowed,
    { kind: 'can-become', to: target.id, rule: technique.rule, label: technique.label },
    `${estate.identity(principal).name} may use ${technique.action} on ${target.name}`,
  )
}

/** Administers the account of a role that it can assume and write policies for. */
export function* roleGrantEdges(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
  assumptions: readonly Assumption[],
): Generator<Edge> {
  const { estate } = judge
  const { layerSets } = estate.state
  for (const technique of ROLE_GRANTS) {
    const holding = new Set(judge.holding(technique.action))
    const made = new Set<string>()
    for (const { from, role, edge } of assumptions) {
      const set = estate.layerSet(role)
      const bounded = (layerSets.boundary[set] ?? -1) >= 0 || (layerSets.missingBoundary[set] ?? -1) >= 0
      const account = estate.accountOfPrincipal(role)
      const key = `${from} ${account}`
      if (!holding.has(from) || bounded || made.has(key)) continue
      if (account === estate.accountOfPrincipal(from) && administrators.has(from)) continue
      const allowed = judge.allowed(judge.reader(technique.action, estate.identity(role).arn), from)
      if (allowed === undefined) continue
      made.add(key)
      const both = together([allowed, { ...allowed, certainty: edge.certainty, conditions: edge.conditions }])
      yield edgeFrom(
        estate,
        from,
        both,
        {
          kind: 'can-access',
          to: accountNode(estate.state.accounts[account]?.id ?? ''),
          rule: technique.rule,
          label: 'administers',
          level: 'administer',
        },
        `${estate.identity(from).name} may give ${estate.identity(role).name} any policy and assume it`,
      )
    }
  }
}

function targetsByAccount(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly PrincipalNode[]> {
  const found = new Map<string, PrincipalNode[]>()
  for (const node of nodes) {
    if (node.kind !== 'principal' || node.scope === null || !isTarget(node.id, node.type)) continue
    const key = `${nativeId(node.scope)} ${node.type}`
    const list = found.get(key)
    if (list === undefined) found.set(key, [node])
    else list.push(node)
  }
  return found
}

/** IAM's own users, roles and groups; the root user and service-linked roles cannot be taken over so. */
function isTarget(id: NodeId, type: string): boolean {
  const native = nativeId(id)
  const isOwn = native.includes(`:iam::`) && native.includes(`:${type}/`)
  return isOwn && !native.includes(':role/aws-service-role/') && id === nodeId('aws', native)
}

/** Whether the target is as the technique needs it. */
function prerequisite({ requires }: Takeover, target: PrincipalNode): boolean | 'unknown' {
  if (requires === undefined) return true
  if (target.credentials === undefined) return 'unknown'
  const has = (type: string) => (target.credentials ?? []).filter((c) => c.type === type).length
  switch (requires.fact) {
    case 'fewer-than-two-keys':
      return has('access-key') < 2
    case 'no-password':
      return has('password') === 0
    case 'password':
      return has('password') > 0
  }
}

function onlyIf(allowed: Allowed, condition: string): Allowed {
  const certainty = allowed.certainty === 'certain' ? 'conditional' : allowed.certainty
  return { ...allowed, certainty, conditions: [...allowed.conditions, condition] }
}
