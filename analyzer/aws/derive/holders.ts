import { listAt } from '../model/intern.ts'
import { ALLOW } from '../state.ts'
import type { Estate } from '../evaluate/estate.ts'
import { type ActionMemo, actionMemo, NOBODY, Request } from '../evaluate/request.ts'
import { FALSE } from '../evaluate/truth.ts'

/** Principals by the allowing statement that they hold. */
type ByStatement = Map<number, number[]>

interface Index {
  readonly all: ReadonlyMap<number, readonly number[]>
  readonly byAccount: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>
  /** Principals by account. */
  readonly holders: ReadonlyMap<number, readonly number[]>
}

/**
 * Who has identity policy statements that allow an action. Questions about many resources start from the statements, of
 * which there are few distinct ones, not from the principals; worked out once for each action.
 */
export class Holders {
  private readonly estate: Estate
  private readonly indexes = new Map<string, Index>()
  private readonly sets = new Map<string, ReadonlySet<number>>()
  private readonly memos = new Map<string, ActionMemo>()

  constructor(estate: Estate) {
    this.estate = estate
  }

  /** Principals by account, whatever the resource. */
  of(action: string): ReadonlyMap<number, readonly number[]> {
    return this.index(action).holders
  }

  /** Whether a principal holds an action at all. */
  holds(action: string, principal: number): boolean {
    let set = this.sets.get(action)
    if (set === undefined) {
      set = new Set([...this.of(action).values()].flat())
      this.sets.set(action, set)
    }
    return set.has(principal)
  }

  /** The distinct allowing statements that anybody holds. */
  statements(action: string): Iterable<number> {
    return this.index(action).all.keys()
  }

  /**
   * Principals, of one account or of all, with an allowing statement that may be about the resource of a request.
   * `only`: the statements that are looked at.
   */
  able(action: string, request: Request, account?: number, only?: ReadonlySet<number>): Set<number> {
    const index = this.index(action)
    const statements = account === undefined ? index.all : index.byAccount.get(account)
    const found = new Set<number>()
    if (statements === undefined) return found
    // The smaller of the two is gone through.
    const asked = only !== undefined && only.size < statements.size ? only : statements.keys()
    for (const statement of asked) {
      const principals = statements.get(statement)
      if (principals === undefined || only?.has(statement) === false) continue
      if (request.resourceTruth(statement, NOBODY, FALSE) === FALSE) continue
      for (const principal of principals) found.add(principal)
    }
    return found
  }

  /** A request that shares what is worked out of the action with others of the same action; `whole`: see `Request`. */
  request(action: string, resource: string, context?: ReadonlyMap<string, string>, whole = false): Request {
    let memo = this.memos.get(action)
    if (memo === undefined) {
      memo = actionMemo(this.estate)
      this.memos.set(action, memo)
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
    const request = this.request(action, '')
    const all: ByStatement = new Map()
    const byAccount = new Map<number, ByStatement>()
    const holders = new Map<number, number[]>()
    for (let set = 0; set < layerSets.account.length; set++) {
      const statements = this.allowing(request, listAt(layerSets.identity, set))
      if (statements.size === 0) continue
      const account = layerSets.account[set] ?? -1
      const here = entry(byAccount, account, () => new Map<number, number[]>())
      const list = entry(holders, account, () => [])
      for (const principal of this.estate.membersOf(set)) {
        list.push(principal)
        for (const statement of statements) {
          entry(all, statement, () => []).push(principal)
          entry(here, statement, () => []).push(principal)
        }
      }
    }
    const made = { all, byAccount, holders }
    this.indexes.set(action, made)
    return made
  }

  private allowing(request: Request, documents: Iterable<number>): ReadonlySet<number> {
    const found = new Set<number>()
    for (const document of documents) {
      const statements = this.estate.statementsOf(document)
      for (const index of request.indexesIn(document)) {
        const statement = statements[index] ?? -1
        if ((this.estate.flags(statement) & ALLOW) !== 0) found.add(statement)
      }
    }
    return found
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
