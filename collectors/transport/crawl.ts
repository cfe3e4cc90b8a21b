import { setTimeout as pause } from 'node:timers/promises'
import { canonicalJson, isObject, type Json, type JsonObject, ownString } from '../../graph/index.ts'
import type { Entry, Journal, Outcome } from './journal.ts'
import type { Limits } from './limits.ts'
import type { Pace } from './pace.ts'
import type { Following, Page, PageCall, Sender } from './page-call.ts'
import type { Progress } from './progress.ts'

/** The pace of a quota, and how many calls it takes at once. */
export interface Lane {
  readonly pace: Pace
  readonly atOnce: number
}

export interface CrawlOptions<Call extends PageCall> {
  readonly calls: readonly Call[]
  readonly sender: Sender<Call>
  readonly journal: Journal
  readonly progress: Progress
  readonly limits: Limits
  readonly lane: (call: Call) => Lane
  /** How often one page is asked before it is given up. */
  readonly attempts: number
}

/**
 * Makes the calls of a table page by page, and after each page the calls that it leads to. Each page is a piece of work of
 * the journal, so what is there is not asked again.
 */
export class Crawl<Call extends PageCall> {
  private readonly options: CrawlOptions<Call>
  private readonly next = new Map<string, { readonly call: Call; readonly after: Following }[]>()
  private readonly begun = new Set<string>()
  /** What ended the collection; nothing is asked after it. */
  private ended: Error | undefined

  constructor(options: CrawlOptions<Call>) {
    this.options = options
    for (const call of options.calls) {
      for (const after of call.after ?? []) {
        const known = this.next.get(after.call) ?? []
        this.next.set(after.call, [...known, { call, after }])
      }
    }
  }

  /** Everything that begins with a scope. Rejects with what ended the collection, after all that ran has stopped. */
  async from(scope: string): Promise<void> {
    await all(
      this.options.calls.flatMap((call) =>
        (call.starts?.(scope) ?? []).map((parameters) => this.follow(call, parameters)),
      ),
    )
  }

  private async follow(call: Call, parameters: JsonObject): Promise<void> {
    const key = canonicalJson([call.name, parameters])
    if (this.begun.has(key)) return
    this.begun.add(key)
    const led: Promise<void>[] = []
    try {
      for (let n = 0, token: string | undefined; ; n++) {
        const page = await this.page(call, parameters, n, token)
        if (page === undefined) break
        led.push(...this.leadsTo(call, page, parameters))
        const after = ownString(page, NEXT)
        if (after === undefined || after === token) break
        token = after
      }
    } finally {
      await all(led)
    }
  }

  private leadsTo(call: Call, page: JsonObject, parameters: JsonObject): readonly Promise<void>[] {
    return (this.next.get(call.name) ?? []).flatMap(({ call: following, after }) =>
      after.targets(page, parameters).map((target) => this.follow(following, target)),
    )
  }

  /** A page with the token of the next as `NEXT`, from the journal or asked for; undefined when there is none. */
  private async page(
    call: Call,
    parameters: JsonObject,
    n: number,
    token: string | undefined,
  ): Promise<JsonObject | undefined> {
    const { journal, progress } = this.options
    const key = pageKey(call.name, parameters, n)
    progress.expect()
    const known = journal.find(key)
    if (known === undefined) journal.finish(key, await this.outcome(call, parameters, token))
    progress.finished(known === undefined)
    return pageOf(journal, journal.find(key))
  }

  private async outcome(call: Call, parameters: JsonObject, token: string | undefined): Promise<Outcome> {
    const { sender, attempts, limits } = this.options
    const { pace, atOnce } = this.options.lane(call)
    for (let tried = 1; ; tried++) {
      let wait: number
      try {
        const page = await limits.run(call.lane, atOnce, async () => {
          await pace.turn()
          if (this.ended !== undefined) throw this.ended
          return sender.send(call, parameters, token)
        })
        pace.wentWell()
        return { is: 'answer', bytes: bytesOf(call, page) }
      } catch (error) {
        if (this.ended !== undefined) throw this.ended
        const failure = sender.failure(error)
        if (failure.is === 'over') {
          this.ended = failure.error
          throw failure.error
        }
        const { code } = failure
        if (call.absent?.includes(code) === true) return { is: 'absent', code }
        if (failure.is === 'refused' || tried >= attempts) return { is: 'refused', code }
        if (failure.is === 'throttled') pace.slower(failure.wait)
        wait = failure.is === 'throttled' ? 0 : Math.min(250 * 2 ** tried, 30_000)
      }
      if (wait > 0) await pause(wait)
    }
  }
}

/** Where a page in the journal keeps the token of the next one. */
export const NEXT = '#next'

/** A page in the journal: `[call, parameters, number]`. */
export function pageKey(name: string, parameters: JsonObject, n: number): string {
  return canonicalJson([name, parameters, n])
}

/** A page that the journal has, undefined when it has none or something that is no answer. */
export function pageOf(journal: Journal, entry: Entry | undefined): JsonObject | undefined {
  if (entry?.is !== 'answer') return undefined
  const value = JSON.parse(journal.read(entry).toString()) as Json
  return isObject(value) ? value : undefined
}

function bytesOf(call: PageCall, { body, next }: Page): Uint8Array {
  const kept = call.keep?.(body) ?? body
  return Buffer.from(JSON.stringify(next === undefined || next === '' ? kept : { ...kept, [NEXT]: next }))
}

/** Waits for all of them, also when one fails, so that nothing runs on behind the caller's back; then throws the first failure. */
async function all(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'rejected') throw result.reason
  }
}
