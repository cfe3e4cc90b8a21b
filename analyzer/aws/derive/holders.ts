import { entry, push } from '../../multimap.ts'
import { ListColumn, listAt } from '../model/intern.ts'
import type { Estate } from '../evaluate/estate.ts'
import { isPattern } from '../evaluate/arn-pattern.ts'
import { NOBODY, type AcrossActions, type ActionMemo, actionMemo } from '../evaluate/action-memo.ts'
import { Request, type RequestOptions } from '../evaluate/request.ts'
import { FALSE } from '../evaluate/truth.ts'
import { ALLOW, type Lists } from '../state.ts'
import { containersOf, inverted, statementsAbout, type Containers } from './containers.ts'
import { Grants } from './grants.ts'

/** Some principals, to be asked for one by one. */
export type Able = Pick<ReadonlySet<number>, 'has'>

interface Index {
  /** Grants of everybody, and by account; made when they are asked for. */
  all: Grants | undefined
  readonly byAccount: Map<number, Grants>
  /** Principals by account. */
  readonly holders: ReadonlyMap<number, readonly number[]>
  /** Layer sets that hold the action, and the same by account. */
  readonly holding: readonly number[]
  readonly sets: ReadonlyMap<number, readonly number[]>
  /** Statements by layer set. */
  readonly bySet: Lists
}

/**
 * Who has identity policy statements that allow an action. Questions about many resources start from the statements, of
 * which there are few distinct ones, not from the principals; worked out once for each action.
 */
export class Holders {
  private readonly estate: Estate
  private readonly grants = new Map<string, Lists>()
  private readonly indexes = new Map<string, Index>()
  private readonly memos = new Map<string, ActionMemo>()
  private readonly across: AcrossActions = { saidTo: new Map(), levels: new Map() }
  /** Statements about an action, allowing and denying. */
  private readonly about = new Map<string, Int32Array>()
  private known: Containers | undefined

  constructor(estate: Estate) {
    this.estate = estate
  }

  /** Principals by account, whatever the resource. */
  of(action: string): ReadonlyMap<number, readonly number[]> {
    return this.index(action).holders
  }

  /** Whether a principal holds an action at all. */
  holds(action: string, principal: number): boolean {
    const { offsets } = this.granted(action)
    const set = this.estate.layerSet(principal)
    return (offsets[set] ?? 0) < (offsets[set + 1] ?? 0)
  }

  /** The statements by which a principal holds an action. */
  heldBy(action: string, principal: number): Int32Array {
    return listAt(this.granted(action), this.estate.layerSet(principal))
  }

  /** The distinct allowing statements that anybody holds. */
  statements(action: string): Iterable<number> {
    return this.everywhere(action).statements
  }

  /**
   * Principals, of one account or of all, with an allowing statement that may be about the resource of a request.
   * `only`: the statements that are looked at.
   */
  able(action: string, request: Request, account?: number, only?: ReadonlySet<number>): Set<number> {
    const grants = account === undefined ? this.everywhere(action) : this.inAccount(action, account)
    const found = new Set<number>()
    const add = (statement: number) => {
      if (only?.has(statement) === false) return
      if (request.resourceTruth(statement, NOBODY, FALSE) === FALSE) return
      for (const principal of grants.holders(statement)) found.add(principal)
    }
    for (const statement of grants.aboutAll) add(statement)
    for (const statement of grants.about(request.isPattern ? undefined : request.resource)) add(statement)
    return found
  }

  /**
   * Whether principals of an account are among the `able`. Most questions are about the same ones, who have a statement
   * about every resource; `request` is asked for when that is not enough.
   */
  ableIn(action: string, resource: string, account: number, request: () => Request): Able {
    const grants = this.inAccount(action, account)
    let more: Set<number> | undefined
    const named = isPattern(resource) && request().isPattern ? undefined : resource
    for (const statement of grants.about(named)) {
      if (request().resourceTruth(statement, NOBODY, FALSE) === FALSE) continue
      more ??= new Set()
      for (const principal of grants.holders(statement)) more.add(principal)
    }
    const { ofAll } = grants
    return more === undefined ? ofAll : { has: (p) => ofAll.has(p) || more.has(p) }
  }

  /** A request that shares what is worked out of the action with others of the same action. */
  request(action: string, resource: string, options: Omit<RequestOptions, 'actionMemo'> = {}): Request {
    const { context } = options
    const fixed = context === undefined ? '' : [...context].join()
    const key = `${action} ${fixed}`
    let memo = this.memos.get(key)
    if (memo === undefined) {
      const statements = this.statementsAbout(action.toLowerCase())
      const about = { statements, documents: this.containers.documents }
      memo = actionMemo(this.estate.state, about, context === undefined ? this.across : undefined)
      this.memos.set(key, memo)
    }
    return new Request(this.estate, action, resource, { ...options, actionMemo: memo })
  }

  private index(action: string): Index {
    const known = this.indexes.get(action)
    if (known !== undefined) return known
    const { layerSets } = this.estate.state
    const holders = new Map<number, number[]>()
    const sets = new Map<number, number[]>()
    const holding: number[] = []
    const bySet = this.granted(action)
    for (let set = 0; set + 1 < bySet.offsets.length; set++) {
      if (bySet.offsets[set] === bySet.offsets[set + 1]) continue
      const account = layerSets.account[set] ?? -1
      holding.push(set)
      push(sets, account, set)
      const list = entry(holders, account, () => [])
      for (const principal of this.estate.membersOf(set)) list.push(principal)
    }
    const made: Index = { all: undefined, byAccount: new Map(), holders, holding, sets, bySet }
    this.indexes.set(action, made)
    return made
  }

  private everywhere(action: string): Grants {
    const index = this.index(action)
    return (index.all ??= this.grantsOf(index, index.holding))
  }

  private inAccount(action: string, account: number): Grants {
    const index = this.index(action)
    return entry(index.byAccount, account, () => this.grantsOf(index, index.sets.get(account) ?? []))
  }

  private grantsOf({ bySet }: Index, sets: Iterable<number>): Grants {
    const grants = new Grants(this.estate)
    for (const set of sets) {
      const members = this.estate.membersOf(set)
      for (const statement of listAt(bySet, set)) grants.add(statement, members)
    }
    return grants
  }

  /** By layer set, the statements that allow the action. */
  private granted(action: string): Lists {
    return entry(this.grants, action, () => this.grantedBy(action))
  }

  private grantedBy(action: string): Lists {
    const { documents, sets } = this.containers
    const allowing = this.statementsAbout(action.toLowerCase()).filter(
      (statement) => (this.estate.flags(statement) & ALLOW) !== 0,
    )
    const where = new ListColumn()
    for (const statement of allowing) {
      const holding: number[] = []
      for (const document of listAt(documents, statement))
        for (const set of listAt(sets, document)) holding.push(set)
      where.push(holding)
    }
    const { offsets, items } = inverted(where.columns(), this.estate.state.layerSets.account.length)
    return { offsets, items: items.map((place) => allowing[place] ?? -1) }
  }

  private statementsAbout(action: string): Int32Array {
    return entry(this.about, action, () => statementsAbout(this.estate, this.containers, action))
  }

  private get containers(): Containers {
    return (this.known ??= containersOf(this.estate))
  }
}
