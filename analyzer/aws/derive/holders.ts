import { entry } from '../../multimap.ts'
import { listAt } from '../model/intern.ts'
import type { Estate } from '../evaluate/estate.ts'
import { isPattern } from '../evaluate/arn-pattern.ts'
import { NOBODY, type AcrossActions, type ActionMemo, actionMemo } from '../evaluate/action-memo.ts'
import { Request } from '../evaluate/request.ts'
import { FALSE } from '../evaluate/truth.ts'
import { ALLOW } from '../state.ts'
import { containersOf, statementsAbout, type Containers } from './containers.ts'
import { Grants } from './grants.ts'

/** Some principals, to be asked for one by one. */
export type Able = Pick<ReadonlySet<number>, 'has'>

interface Index {
  /** Grants of everybody, and by account; made when they are asked for. */
  all: Grants | undefined
  readonly byAccount: Map<number, Grants>
  /** Principals by account. */
  readonly holders: ReadonlyMap<number, readonly number[]>
  /** Layer sets by account. */
  readonly sets: ReadonlyMap<number, readonly number[]>
  /** Statements by layer set, in the order of the sets. */
  readonly bySet: ReadonlyMap<number, readonly number[]>
}

/**
 * Who has identity policy statements that allow an action. Questions about many resources start from the statements, of
 * which there are few distinct ones, not from the principals; worked out once for each action.
 */
export class Holders {
  private readonly estate: Estate
  private readonly indexes = new Map<string, Index>()
  private readonly memos = new Map<string, ActionMemo>()
  private readonly across: AcrossActions = { saidTo: new Map(), levels: new Map() }
  /** Statements about an action, allowing and denying. */
  private readonly about = new Map<string, readonly number[]>()
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
    return this.index(action).bySet.has(this.estate.layerSet(principal))
  }

  /** The statements by which a principal holds an action. */
  heldBy(action: string, principal: number): readonly number[] {
    return this.index(action).bySet.get(this.estate.layerSet(principal)) ?? []
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
    for (const statement of grants.about(request.isPattern ? undefined : request.resource)) {
      if (only?.has(statement) === false) continue
      if (request.resourceTruth(statement, NOBODY, FALSE) === FALSE) continue
      for (const principal of grants.holders(statement)) found.add(principal)
    }
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
      if (grants.isAboutAll(statement)) continue
      if (request().resourceTruth(statement, NOBODY, FALSE) === FALSE) continue
      more ??= new Set()
      for (const principal of grants.holders(statement)) more.add(principal)
    }
    const { ofAll } = grants
    return more === undefined ? ofAll : { has: (p) => ofAll.has(p) || more.has(p) }
  }

  /** A request that shares what is worked out of the action with others of the same action; `whole`: see `Request`. */
  request(action: string, resource: string, context?: ReadonlyMap<string, string>, whole = false): Request {
    const fixed = context === undefined ? '' : [...context].join()
    const key = `${action} ${fixed}`
    let memo = this.memos.get(key)
    if (memo === undefined) {
      const statements = this.statementsAbout(action.toLowerCase())
      const about = { statements, documents: this.containers.documents }
      memo = actionMemo(this.estate.state, about, context === undefined ? this.across : undefined)
      this.memos.set(key, memo)
    }
    return new Request(this.estate, action, resource, {
      actionMemo: memo,
      whole,
      ...(context === undefined ? {} : { context }),
    })
  }

  private index(action: string): Index {
    const known = this.indexes.get(action)
    if (known !== undefined) return known
    const { layerSets } = this.estate.state
    const holders = new Map<number, number[]>()
    const sets = new Map<number, number[]>()
    const bySet = new Map(this.granted(action))
    for (const set of bySet.keys()) {
      const account = layerSets.account[set] ?? -1
      entry(sets, account, () => []).push(set)
      const list = entry(holders, account, () => [])
      for (const principal of this.estate.membersOf(set)) list.push(principal)
    }
    const made: Index = { all: undefined, byAccount: new Map(), holders, sets, bySet }
    this.indexes.set(action, made)
    return made
  }

  private everywhere(action: string): Grants {
    const index = this.index(action)
    return (index.all ??= this.grantsOf(index, index.bySet.keys()))
  }

  private inAccount(action: string, account: number): Grants {
    const index = this.index(action)
    return entry(index.byAccount, account, () => this.grantsOf(index, index.sets.get(account) ?? []))
  }

  private grantsOf({ bySet }: Index, sets: Iterable<number>): Grants {
    const grants = new Grants(this.estate)
    for (const set of sets) {
      const members = this.estate.membersOf(set)
      for (const statement of bySet.get(set) ?? []) grants.add(statement, members)
    }
    return grants
  }

  /** Layer sets, in their order, with the statements that allow the action. */
  private granted(action: string): readonly (readonly [number, readonly number[]])[] {
    const { documents, sets } = this.containers
    const found = new Map<number, number[]>()
    for (const statement of this.statementsAbout(action.toLowerCase())) {
      if ((this.estate.flags(statement) & ALLOW) === 0) continue
      for (const document of listAt(documents, statement)) {
        for (const set of listAt(sets, document)) {
          const list = entry(found, set, () => [])
          if (list.at(-1) !== statement) list.push(statement)
        }
      }
    }
    return [...found].sort(([a], [b]) => a - b)
  }

  private statementsAbout(action: string): readonly number[] {
    return entry(this.about, action, () => statementsAbout(this.estate, this.containers, action))
  }

  private get containers(): Containers {
    return (this.known ??= containersOf(this.estate))
  }
}
