import { matches } from '../../../graph/index.ts'
import { listAt } from '../model/intern.ts'
import { ALLOW, NOT_ACTION } from '../state.ts'
import type { Estate } from '../evaluate/estate.ts'
import { actionMemo, Request } from '../evaluate/request.ts'

/**
 * Who has any identity policy statement that allows an action, on whatever resource: the only principals that need to be
 * asked about it, but for those that a resource policy names. Worked out once for each action.
 */
export class Holders {
  private readonly estate: Estate
  private readonly byAction = new Map<string, ReadonlyMap<number, readonly number[]>>()
  private readonly sets = new Map<string, ReadonlySet<number>>()
  private readonly memos = new Map<string, Uint8Array>()

  constructor(estate: Estate) {
    this.estate = estate
  }

  /** Principals by account. */
  of(action: string): ReadonlyMap<number, readonly number[]> {
    const known = this.byAction.get(action)
    if (known !== undefined) return known
    const made = this.find(action.toLowerCase())
    this.byAction.set(action, made)
    return made
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

  /** A request that shares what is worked out of the action with others of the same action. */
  request(action: string, resource: string, context?: ReadonlyMap<string, string>): Request {
    let memo = this.memos.get(action)
    if (memo === undefined) {
      memo = actionMemo(this.estate)
      this.memos.set(action, memo)
    }
    return new Request(this.estate, action, resource, {
      actionMemo: memo,
      ...(context === undefined ? {} : { context }),
    })
  }

  private find(action: string): ReadonlyMap<number, readonly number[]> {
    const { statements, documents, layerSets } = this.estate.state
    const texts = new Uint8Array(this.estate.state.texts.length)
    const lists = new Uint8Array(statements.lists.offsets.length)
    const textHits = (text: number): boolean => {
      if (texts[text] === 0) {
        const pattern = this.estate.foldedText(text)
        texts[text] = pattern === '*' || matches(pattern, action) ? 2 : 1
      }
      return texts[text] === 2
    }
    const listHits = (list: number): boolean => {
      if (lists[list] === 0) lists[list] = listAt(statements.lists, list).some(textHits) ? 2 : 1
      return lists[list] === 2
    }
    const allows = (statement: number): boolean => {
      const flags = statements.flags[statement] ?? 0
      if ((flags & ALLOW) === 0) return false
      return listHits(statements.actions[statement] ?? -1) === ((flags & NOT_ACTION) === 0)
    }
    const seen = new Uint8Array(documents.single.length)
    const documentAllows = (document: number): boolean => {
      if (seen[document] === 0) seen[document] = this.estate.statementsOf(document).some(allows) ? 2 : 1
      return seen[document] === 2
    }
    const found = new Map<number, number[]>()
    for (let set = 0; set < layerSets.account.length; set++) {
      if (!listAt(layerSets.identity, set).some(documentAllows)) continue
      const account = layerSets.account[set] ?? -1
      let list = found.get(account)
      if (list === undefined) {
        list = []
        found.set(account, list)
      }
      for (const principal of this.estate.membersOf(set)) list.push(principal)
    }
    return found
  }
}
