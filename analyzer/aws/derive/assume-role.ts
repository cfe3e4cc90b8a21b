import { NOBODY } from '../evaluate/action-memo.ts'
import type { Edge, NodeId } from '../../../graph/index.ts'
import { nodeId } from '../../../graph/index.ts'
import { LayerReader } from '../evaluate/layers.ts'

import { resourceSide } from '../evaluate/resource-side.ts'
import { FALSE, TRUE } from '../evaluate/truth.ts'
import { namedPrincipals } from '../evaluate/who-can.ts'
import { ALLOW, ROLE } from '../state.ts'
import type { Administrator } from './administrators.ts'
import { callersOf, isBroadStatement, treatsAlike, type Callers } from './callers.ts'
import { writesPolicies } from './escalation/writes-policies.ts'
import type { Family } from './families.ts'
import { edgeFrom, type Judge } from './judge.ts'
import { rankOf } from './certainty-rank.ts'

/** A role that another principal can assume. */
export interface Assumption {
  readonly from: number
  readonly role: number
  readonly edge: Edge
}

const ACTION = 'sts:AssumeRole'

/**
 * `can-become` edges of `sts:AssumeRole`, identity policy and trust policy taken together. An administrator of an account
 * needs no edges to the roles in it; of the administrators of one account that can assume a role of another account, the
 * first has the edge, because each of them can take the others over.
 */
export function assumeRoleEdges(
  judge: Judge,
  administrators: ReadonlyMap<number, Administrator>,
  families: readonly Family[],
): { readonly edges: readonly Edge[]; readonly assumptions: readonly Assumption[] } {
  const { callers, edges: first } = callersOf(judge, administrators)
  const work = new AssumeRole(judge, administrators, callers)
  work.edges.push(...first)
  for (const family of families) work.family(family)
  const { principals } = judge.estate.state
  for (let role = 0; role < principals.arns.length; role++) {
    if (principals.kinds[role] === ROLE && (principals.trust[role] ?? -1) >= 0) work.role(role)
  }
  return work
}

/** Which principals a trust policy could let in. */
interface Trusted {
  readonly everyone: boolean
  readonly accounts: ReadonlySet<number>
}

class AssumeRole {
  readonly edges: Edge[] = []
  readonly assumptions: Assumption[] = []
  private readonly judge: Judge
  private readonly administrators: ReadonlyMap<number, Administrator>
  private readonly callers: ReadonlyMap<number, Callers>
  /** Statements that are not about every role. */
  private readonly narrow: ReadonlySet<number>
  /** By role of a family: the narrow statements that may be about a part of it, and who has an edge to all of it. */
  private readonly families = new Map<
    number,
    { readonly statements: ReadonlySet<number>; readonly members: ReadonlySet<number> }
  >()

  constructor(
    judge: Judge,
    administrators: ReadonlyMap<number, Administrator>,
    callers: ReadonlyMap<number, Callers>,
  ) {
    this.judge = judge
    this.administrators = administrators
    this.callers = callers
    const statements = [...judge.holders.statements(ACTION)]
    this.narrow = new Set(statements.filter((s) => !isBroadStatement(judge.estate, s)))
  }

  /** Edges to a family, from those with a statement that covers all of it; the others are judged role by role. */
  family(family: Family): void {
    const { estate, holders } = this.judge
    const request = holders.request(ACTION, family.pattern, { whole: true })
    const covering = new Set<number>()
    const statements = new Set<number>()
    for (const statement of holders.statements(ACTION)) {
      const truth = request.resourceTruth(statement, NOBODY, FALSE)
      if (truth === TRUE) covering.add(statement)
      else if (truth !== FALSE) statements.add(statement)
    }
    // The side of a role in another account than the asker's: two readers, so that one always is.
    const readers = family.roles.slice(0, 2).map((role) => {
      const arn = estate.state.principals.arns[role] ?? ''
      return new LayerReader(request, false, resourceSide(estate, ACTION.toLowerCase(), arn))
    })
    const readerFor = (account: number) => readers.find((reader) => reader.side.account !== account)
    const members = new Set<number>()
    const told = new Set<number>()
    for (const caller of this.callers.values()) {
      if (!this.fromCallers(caller, readerFor(caller.account), family.node, family.pattern)) continue
      told.add(caller.account)
      for (const member of caller.members) members.add(member)
    }
    for (const from of holders.able(ACTION, request, undefined, covering)) {
      const account = estate.accountOfPrincipal(from)
      const reader = readerFor(account)
      if (members.has(from) || this.isServiceLinked(from) || reader === undefined) continue
      if (this.add(from, reader, family.node, family.pattern) !== undefined) members.add(from)
    }
    for (const role of family.roles) this.families.set(role, { statements, members })
  }

  role(role: number): void {
    const { estate } = this.judge
    const { principals } = estate.state
    const scope = this.trusted(principals.trust[role] ?? -1)
    if (scope === undefined) return
    const home = estate.accountOfPrincipal(role)
    const arn = principals.arns[role] ?? ''
    const reader = this.judge.reader(ACTION, arn)
    const represented = new Set<number>()
    const covered = this.families.get(role)?.members
    for (const from of this.candidates(role, scope, reader, home, arn)) {
      const account = estate.accountOfPrincipal(from)
      const administrator = this.administrators.get(from)
      const certain = administrator?.allowed.certainty === 'certain'
      if (from === role || (certain && (account === home || represented.has(account)))) continue
      // An edge to the family leads here, too; but who can also write the role's policies is told one by one.
      if (this.isServiceLinked(from) || (covered?.has(from) === true && !this.writesPolicies(from))) continue
      if (administrator !== undefined && account === home) {
        if (this.judge.rank(reader, from) >= rankOf(administrator.allowed.certainty)) continue
      }
      const edge = this.add(from, reader, nodeId('aws', arn), estate.identity(role).name)
      if (edge === undefined) continue
      if (certain) represented.add(account)
      this.assumptions.push({ from, role, edge })
    }
  }

  private add(from: number, reader: LayerReader, to: NodeId, name: string): Edge | undefined {
    const allowed = this.judge.allowed(reader, from)
    if (allowed === undefined) return undefined
    const { estate } = this.judge
    const says = `${estate.identity(from).name} may assume ${name}`
    const edge = edgeFrom(
      estate,
      from,
      allowed,
      { kind: 'can-become', to, rule: 'assume-role', label: 'assume role' },
      says,
    )
    this.edges.push(edge)
    return edge
  }

  /** An edge from the callers of an account; false when they must be judged one by one. */
  private fromCallers(
    { first, node }: Callers,
    reader: LayerReader | undefined,
    to: NodeId,
    name: string,
  ): boolean {
    const { estate } = this.judge
    if (reader === undefined || !treatsAlike(reader, estate)) return false
    const allowed = this.judge.allowed(reader, first)
    if (allowed === undefined) return false
    const edge = { kind: 'can-become', to, rule: 'assume-role', label: 'assume role' } as const
    const says = `principals of the account that may assume any role may assume ${name}`
    this.edges.push({ ...edgeFrom(estate, first, allowed, edge, says), from: node })
    return true
  }

  private trusted(trust: number): Trusted | undefined {
    const { estate } = this.judge
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
    return everyone || named || accounts.size > 0 ? { everyone, accounts } : undefined
  }

  /** Those that must be judged one by one. */
  private candidates(
    role: number,
    scope: Trusted,
    reader: LayerReader,
    home: number,
    arn: string,
  ): Iterable<number> {
    const { estate, holders } = this.judge
    const named = namedPrincipals(estate, reader)
    const found = new Set(named)
    const add = (list: Iterable<number>) => {
      for (const principal of list) found.add(principal)
    }
    const family = this.families.get(role)
    const accounts = scope.everyone ? estate.state.accounts.keys() : scope.accounts
    if (scope.everyone)
      add(holders.able(ACTION, reader.request, undefined, family?.statements ?? this.narrow))
    const together = new Set<number>()
    for (const account of accounts) {
      const caller = this.callers.get(account)
      // Callers of other accounts have their edge to the family; at home, and without a family, to the role.
      const isTold = family !== undefined && account !== home
      const isRepresentable = caller !== undefined && caller.first !== role && !named.has(caller.first)
      if (isTold) continue
      if (
        isRepresentable &&
        this.fromCallers(caller, reader, nodeId('aws', arn), estate.identity(role).name)
      ) {
        if (!scope.everyone) add(holders.able(ACTION, reader.request, account, this.narrow))
        for (const member of caller.members) together.add(member)
      } else add(holders.able(ACTION, reader.request, account))
    }
    // Inside the account, a trust in everyone needs no identity policy.
    if (scope.everyone) {
      add(estate.principalsOf(home).filter((p) => !together.has(p) || this.writesPolicies(p)))
    }
    for (const member of together) if (this.writesPolicies(member)) found.add(member)
    return found
  }

  private isServiceLinked(principal: number): boolean {
    const { estate } = this.judge
    return estate.state.layerSets.serviceLinked[estate.layerSet(principal)] === 1
  }

  private writesPolicies(principal: number): boolean {
    return writesPolicies(this.judge, principal)
  }
}
