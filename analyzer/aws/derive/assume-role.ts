import type { Edge, NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { LayerReader } from '../evaluate/layers.ts'
import { NOBODY } from '../evaluate/request.ts'
import { resourceSide } from '../evaluate/resource-side.ts'
import { FALSE, TRUE } from '../evaluate/truth.ts'
import type { Family } from './families.ts'
import { namedPrincipals } from '../evaluate/who-can.ts'
import { ALLOW, ROLE } from '../state.ts'
import { ROLE_GRANTS } from '../techniques/takeover.ts'
import type { Administrator } from './administrators.ts'
import { edgeFrom, type Judge } from './judge.ts'

/** A role that another principal can assume. */
export interface Assumption {
  readonly from: number
  readonly role: number
  readonly edge: Edge
}

/**
 * `can-become` edges of `sts:AssumeRole`, identity policy and trust policy taken together. An administrator of an account
 * needs no edges to the roles in it; of the administrators of one account that can assume a role of another account, the
 * first has the edge, because each of them can take the others over.
 */
export function assumeRoleEdges(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
  known: readonly Family[],
): { readonly edges: readonly Edge[]; readonly assumptions: readonly Assumption[] } {
  const { estate } = judge
  const edges: Edge[] = []
  const assumptions: Assumption[] = []
  const { principals } = estate.state
  const covered = new Map<number, FamilyMembers>()
  for (const family of known) {
    const members = familyMembers(judge, family)
    for (const edge of members.edges) edges.push(edge)
    for (const role of family.roles) covered.set(role, members)
  }
  for (let role = 0; role < principals.arns.length; role++) {
    const trust = principals.trust[role] ?? -1
    if (principals.kinds[role] !== ROLE || trust < 0) continue
    const scope = trusted(judge, trust)
    if (scope === undefined) continue
    const home = estate.accountOfPrincipal(role)
    const arn = principals.arns[role] ?? ''
    const reader = judge.reader('sts:AssumeRole', arn)
    const represented = new Set<number>()
    for (const from of candidates(
      judge,
      scope,
      namedPrincipals(estate, reader),
      reader,
      home,
      covered.get(role)?.statements,
    )) {
      const account = estate.accountOfPrincipal(from)
      const certain = administrators.get(from)?.allowed.certainty === 'certain'
      if (from === role || (certain && (account === home || represented.has(account)))) continue
      // Its edge to the family leads here, too; but who can also write the role's policies is told one by one.
      const isCovered = covered.get(role)?.principals.has(from) === true
      if (isServiceLinked(judge, from) || (isCovered && !writesPolicies(judge, from))) continue
      const allowed = judge.allowed(reader, from)
      if (allowed === undefined) continue
      if (certain) represented.add(account)
      const edge = edgeFrom(
        estate,
        from,
        allowed,
        { kind: 'can-become', to: roleNode(arn), rule: 'assume-role', label: 'assume role' },
        `${estate.identity(from).name} may assume ${estate.identity(role).name}`,
      )
      assumptions.push({ from, role, edge })
      edges.push(edge)
    }
  }
  return { edges, assumptions }
}

function writesPolicies(judge: Judge, principal: number): boolean {
  return ROLE_GRANTS.some(({ action }) => judge.holders.holds(action, principal))
}

interface FamilyMembers {
  readonly edges: readonly Edge[]
  /** Those with an edge, which leads to all of the family. */
  readonly principals: ReadonlySet<number>
  /** Statements that may be about some of the family, and not about all of it. */
  readonly statements: ReadonlySet<number>
}

/** Edges to a family, from those with a statement that covers all of it; the others are judged role by role. */
function familyMembers(judge: Judge, family: Family): FamilyMembers {
  const { estate, holders } = judge
  const request = holders.request('sts:AssumeRole', family.pattern, undefined, true)
  const covering = new Set<number>()
  const statements = new Set<number>()
  for (const statement of holders.statements('sts:AssumeRole')) {
    const truth = request.resourceTruth(statement, NOBODY, FALSE)
    if (truth === TRUE) covering.add(statement)
    else if (truth !== FALSE) statements.add(statement)
  }
  // The side of a role in another account than the asker's: two readers, so that one always is.
  const readers = family.roles.slice(0, 2).map((role) => {
    const arn = estate.state.principals.arns[role] ?? ''
    return new LayerReader(request, false, resourceSide(estate, 'sts:assumerole', arn))
  })
  const edges: Edge[] = []
  const principals = new Set<number>()
  for (const from of holders.able('sts:AssumeRole', request, undefined, covering)) {
    if (isServiceLinked(judge, from)) continue
    const account = estate.accountOfPrincipal(from)
    const reader = readers.find((r) => r.side.account !== account)
    const allowed = reader === undefined ? undefined : judge.allowed(reader, from)
    if (allowed === undefined) continue
    principals.add(from)
    edges.push(
      edgeFrom(
        estate,
        from,
        allowed,
        { kind: 'can-become', to: family.node, rule: 'assume-role', label: 'assume role' },
        `${estate.identity(from).name} may assume ${family.pattern}`,
      ),
    )
  }
  return { edges, statements, principals }
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

/** `only`: the statements that matter; those of holders with an edge to the family of the role do not. */
function candidates(
  judge: Judge,
  scope: Trusted,
  named: ReadonlySet<number>,
  { request }: LayerReader,
  home: number,
  only: ReadonlySet<number> | undefined,
): Iterable<number> {
  const found = new Set(named)
  const add = (list: Iterable<number>) => {
    for (const principal of list) found.add(principal)
  }
  if (scope.everyone) {
    add(judge.holders.able('sts:AssumeRole', request, undefined, only))
    // Inside the account, a trust in everyone needs no identity policy.
    add(judge.estate.principalsOf(home))
  } else for (const account of scope.accounts) add(judge.holders.able('sts:AssumeRole', request, account))
  return found
}

function isServiceLinked(judge: Judge, principal: number): boolean {
  return judge.estate.state.layerSets.serviceLinked[judge.estate.layerSet(principal)] === 1
}

function roleNode(arn: string): NodeId {
  return nodeId('aws', arn)
}
