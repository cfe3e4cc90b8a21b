import type { Edge, GraphNode, NodeId, PrincipalNode } from '../../../graph/index.ts'
import { nativeId, nodeId } from '../../../graph/index.ts'
import { accountNode } from '../load/draft.ts'
import { ROLE_GRANTS, TAKEOVERS, type Takeover } from '../techniques/takeover.ts'
import type { Administrator } from './administrators.ts'
import type { Assumption } from './assume-role.ts'
import { edgeFrom, together, type Allowed, type Judge } from './judge.ts'

/** `can-become` edges of taking over users, roles and groups of the account. */
export function* takeoverEdges(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
  nodes: readonly GraphNode[],
): Generator<Edge> {
  const { estate } = judge
  const targets = targetsByAccount(nodes)
  for (const technique of TAKEOVERS) {
    for (const [account, holders] of judge.holders.of(technique.action)) {
      const able = holders.filter(
        (p) =>
          administrators.get(p)?.allowed.certainty !== 'certain' &&
          (technique.by === undefined || estate.identity(p).kind === technique.by),
      )
      if (able.length === 0) continue
      const id = estate.state.accounts[account]?.id ?? ''
      for (const target of targets.get(`${id} ${technique.target}`) ?? []) {
        const fits = prerequisite(technique, target)
        if (fits === false) continue
        const reader = judge.reader(technique.action, nativeId(target.id))
        for (const principal of able) {
          if (estate.nodeOf(principal) === target.id) continue
          const allowed = judge.allowed(reader, principal)
          if (allowed === undefined) continue
          if (technique.target === 'group' && judge.groupsOf(principal).includes(nativeId(target.id)))
            continue
          yield edgeFrom(
            estate,
            principal,
            fits === 'unknown' ? onlyIf(allowed, technique.requires?.says ?? '') : allowed,
            { kind: 'can-become', to: target.id, rule: technique.rule, label: technique.label },
            `${estate.identity(principal).name} may use ${technique.action} on ${target.name}`,
          )
        }
      }
    }
  }
}

/** Administers the account of a role that it can assume and write policies for. */
export function* roleGrantEdges(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
  assumptions: readonly Assumption[],
  assumeEdges: readonly Edge[],
): Generator<Edge> {
  const { estate } = judge
  const { layerSets } = estate.state
  for (const technique of ROLE_GRANTS) {
    const holding = new Set(judge.holding(technique.action))
    const made = new Set<string>()
    for (const [i, { from, role }] of assumptions.entries()) {
      const set = estate.layerSet(role)
      const bounded = (layerSets.boundary[set] ?? -1) >= 0 || (layerSets.missingBoundary[set] ?? -1) >= 0
      const account = estate.accountOfPrincipal(role)
      const key = `${from} ${account}`
      if (!holding.has(from) || bounded || made.has(key)) continue
      if (account === estate.accountOfPrincipal(from) && administrators.has(from)) continue
      const allowed = judge.allowed(judge.reader(technique.action, estate.identity(role).arn), from)
      const assume = assumeEdges[i]
      if (allowed === undefined || assume === undefined) continue
      made.add(key)
      const both = together([
        allowed,
        { ...allowed, certainty: assume.certainty, conditions: assume.conditions },
      ])
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
