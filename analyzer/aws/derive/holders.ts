import { matches } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import type { Estate } from '../evaluate/estate.ts'
import { NOBODY, type ActionMemo, actionMemo } from '../evaluate/action-memo.ts'
import { Request } from '../evaluate/request.ts'
import { FALSE } from '../evaluate/truth.ts'
import { containersOf, type Containers } from './containers.ts'
import { Grants } from './grants.ts'

interface Index {
  readonly all: Grants
  readonly byAccount: ReadonlyMap<number, Grants>
  /** Principals by account. */
  readonly holders: ReadonlyMap<number, readonly number[]>
  /** Statements by layer set. */
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
  private containers: Containers | undefined

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
    return this.index(action).all.statements
  }

  /**
   * Principals, of one account or of all, with an allowing statement that may be about the resource of a request.
   * `only`: the statements that are looked at.
   */
  able(action: string, request: Request, account?: number, only?: ReadonlySet<number>): Set<number> {
    const index = this.index(action)
    const grants = account === undefined ? index.all : index.byAccount.get(account)
    const found = new Set<number>()
    for (const statement of grants?.about(request.isPattern ? undefined : request.resource) ?? []) {
      if (only?.has(statement) === false) continue
      if (request.resourceTruth(statement, NOBODY, FALSE) === FALSE) continue
      for (const principal of grants?.holders(statement) ?? []) found.add(principal)
    }
    return found
  }

  /** A request that shares what is worked out of the action with others of the same action; `whole`: see `Request`. */
  request(action: string, resource: string, context?: ReadonlyMap<string, string>, whole = false): Request {
    const fixed = context === undefined ? '' : [...context].join()
    const key = `${action} ${fixed}`
    let memo = this.memos.get(key)
    if (memo === undefined) {
      memo = actionMemo(this.estate)
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
    const all = new Grants(this.estate)
    const byAccount = new Map<number, Grants>()
    const holders = new Map<number, number[]>()
    const granted = this.granted(this.request(action, ''))
    for (const [set, statements] of granted) {
      const account = layerSets.account[set] ?? -1
      const here = entry(byAccount, account, () => new Grants(this.estate))
      const list = entry(holders, account, () => [])
      const members = this.estate.membersOf(set)
      for (const principal of members) list.push(principal)
      for (const statement of statements) {
        all.add(statement, members)
        here.add(statement, members)
      }
    }
    const made = { all, byAccount, holders, bySet: new Map(granted) }
    this.indexes.set(action, made)
    return made
  }

  /** Layer sets, in their order, with the statements that allow the action. */
  private granted(request: Request): readonly (readonly [number, readonly number[]])[] {
    this.containers ??= containersOf(this.estate)
    const { documents, sets } = this.containers
    const found = new Map<number, number[]>()
    for (const statement of this.allowing(request, this.containers)) {
      for (const document of listAt(documents, statement)) {
        for (const set of listAt(sets, document)) {
          const list = entry(found, set, () => [])
          if (list.at(-1) !== statement) list.push(statement)
        }
      }
    }
    return [...found].sort(([a], [b]) => a - b)
  }

  /** Statements that allow the action, found by their action patterns: most statements are about other actions. */
  private allowing(request: Request, containers: Containers): readonly number[] {
    const { lists, statements, exact, wild, negated } = containers
    const texts = [
      ...(exact.get(request.action) ?? []),
      ...wild.filter((text) => matches(this.estate.foldedText(text), request.action)),
    ]
    const found = new Set(negated.filter((statement) => request.hasAction(statement)))
    for (const list of new Set(texts.flatMap((text) => [...listAt(lists, text)]))) {
      for (const statement of listAt(statements, list)) found.add(statement)
    }
    return [...found].sort((a, b) => a - b)
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
