import type { Edge, NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { namedPrincipals } from '../evaluate/who-can.ts'
import { ALLOW, ROLE } from '../state.ts'
import type { Administrator } from './administrators.ts'
import { edgeFrom, type Judge } from './judge.ts'

/** A role that another principal can assume. */
export interface Assumption {
  readonly from: number
  readonly role: number
}

/**
 * `can-become` edges of `sts:AssumeRole`, identity policy and trust policy taken together. An administrator of an account
 * needs no edges to the roles in it; of the administrators of one account that can assume a role of another account, the
 * first has the edge, because each of them can take the others over.
 */
export function assumeRoleEdges(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
): { readonly edges: readonly Edge[]; readonly assumptions: readonly Assumption[] } {
  const { estate } = judge
  const edges: Edge[] = []
  const assumptions: Assumption[] = []
  const { principals } = estate.state
  for (let role = 0; role < principals.arns.length; role++) {
    const trust = principals.trust[role] ?? -1
    if (principals.kinds[role] !== ROLE || trust < 0) continue
    const scope = trusted(judge, trust)
    if (scope === undefined) continue
    const home = estate.accountOfPrincipal(role)
    const arn = principals.arns[role] ?? ''
    const reader = judge.reader('sts:AssumeRole', arn)
    const represented = new Set<number>()
    for (const from of candidates(judge, scope, namedPrincipals(estate, reader), home)) {
      const account = estate.accountOfPrincipal(from)
      const certain = administrators.get(from)?.allowed.certainty === 'certain'
      if (from === role || (certain && (account === home || represented.has(account)))) continue
      if (isServiceLinked(judge, from)) continue
      const allowed = judge.allowed(reader, from)
      if (allowed === undefined) continue
      if (certain) represented.add(account)
      assumptions.push({ from, role })
      edges.push(
        edgeFrom(
          estate,
          from,
          allowed,
          { kind: 'can-become', to: roleNode(arn), rule: 'assume-role', label: 'assume role' },
          `${estate.identity(from).name} may assume ${estate.identity(role).name}`,
        ),
      )
    }
  }
  return { edges, assumptions }
}

/** Which principals a trust policy could let in. */
interface Trusted {
  readonly everyone: boolean
  readonly accounts: ReadonlySet<number>
  readonly named: boolean
}

function trusted(judge: Judge, trust: number): Trusted | undefined {
  const { estate } = judge
  let everyone = false
  let named = false
  const accounts = new Set<number>()
  for (const statement of estate.statementsOf(estate.state.uses.documents[trust] ?? -1)) {
    const element = estate.element(statement)
    if (element === undefined || (estate.flags(statement) & ALLOW) === 0) continue
    if (element.everyone) everyone = true
    if (element.named.size > 0 || element.sessions.size > 0) named = true
    for (const id of element.accounts) {
      const account = estate.accountOf(id)
      if (account >= 0) accounts.add(account)
    }
  }
  return everyone || named || accounts.size > 0 ? { everyone, named, accounts } : undefined
}

function candidates(
  judge: Judge,
  scope: Trusted,
  named: ReadonlySet<number>,
  home: number,
): Iterable<number> {
  const found = new Set(named)
  const add = (list: Iterable<number>) => {
    for (const principal of list) found.add(principal)
  }
  if (scope.everyone) {
    add(judge.holding('sts:AssumeRole'))
    // Inside the account, a trust in everyone needs no identity policy.
    add(judge.estate.principalsOf(home))
  } else for (const account of scope.accounts) add(judge.holding('sts:AssumeRole', account))
  return found
}

function isServiceLinked(judge: Judge, principal: number): boolean {
  return judge.estate.state.layerSets.serviceLinked[judge.estate.layerSet(principal)] === 1
}

function roleNode(arn: string): NodeId {
  return nodeId('aws', arn)
}
