import { canonicalJson, type Json, type JsonObject } from '../../graph/index.ts'
import type { Entry, Journal } from '../transport/journal.ts'
import type { Progress } from '../transport/progress.ts'
import { ask } from './ask.ts'
import { type After, type Call, nameOf, type Place } from './calls/call.ts'
import type { Clients, Where } from './clients.ts'

/** Makes the calls of a table, and after each the calls that its answer leads to; what is in the journal is not asked again. */
export class Walk {
  private readonly calls: readonly Call[]
  private readonly clients: Clients
  private readonly journal: Journal
  private readonly progress: Progress
  private readonly next = new Map<string, { readonly call: Call; readonly after: After }[]>()
  private readonly counted = new Set<string>()

  constructor(calls: readonly Call[], clients: Clients, journal: Journal, progress: Progress) {
    this.calls = calls
    this.clients = clients
    this.journal = journal
    this.progress = progress
    for (const call of calls) {
      for (const after of call.after ?? []) {
        const known = this.next.get(after.call)
        if (known === undefined) this.next.set(after.call, [{ call, after }])
        else known.push({ call, after })
      }
    }
  }

  /** Makes every call of these places; regional ones in each of the regions. */
  async through(places: readonly Place[], where: Where, regions: readonly string[]): Promise<void> {
    await this.pass(places, where, regions)
    // Calls that stand in for a refused one: all others are in the journal by now.
    if (
      this.calls.some(
        (call) => call.insteadOf !== undefined && places.includes(call.place) && this.isRefused(call, where),
      )
    ) {
      await this.pass(places, where, regions)
    }
  }

  /** The pages of one call that is made once in its account, undefined when it was not answered. */
  async once(call: Call, where: Where): Promise<readonly Json[] | undefined> {
    const entry = await this.make(call, parametersOf(call, {}, where), where)
    return this.pages(entry)
  }

  private async pass(places: readonly Place[], where: Where, regions: readonly string[]): Promise<void> {
    const seen = new Set<string>()
    const starts = this.calls.filter((call) => places.includes(call.place) && call.after === undefined)
    await all(
      starts.flatMap((call) => {
        const isRegional = call.place === 'region' || call.place === 'organization-region'
        const there = isRegional ? (call.onlyIn ?? regions) : [where.region]
        return there.flatMap((region) =>
          (call.variants ?? [{}]).map((variant) => this.follow(call, variant, { ...where, region }, seen)),
        )
      }),
    )
  }

  private async follow(call: Call, target: JsonObject, where: Where, seen: Set<string>): Promise<void> {
    if (call.insteadOf !== undefined && !this.isRefused(call, where)) return
    const parameters = parametersOf(call, target, where)
    const key = keyOf(call, parameters, where)
    if (seen.has(key)) return
    seen.add(key)
    const entry = await this.make(call, parameters, where)
    const next = this.next.get(nameOf(call))
    if (next === undefined) return
    const pages = this.pages(entry)
    if (pages === undefined) return
    await all(
      next.flatMap(({ call: following, after }) =>
        after
          .targets(pages, { account: where.account, region: where.region, parameters })
          .map((each) =>
            this.follow(following, each.parameters, { ...where, region: each.region ?? where.region }, seen),
          ),
      ),
    )
  }

  private async make(call: Call, parameters: JsonObject, where: Where): Promise<Entry | undefined> {
    const key = keyOf(call, parameters, where)
    const isCounted = this.counted.has(key)
    this.counted.add(key)
    if (!isCounted) this.progress.expect()
    const known = this.journal.find(key)
    if (known === undefined) this.journal.finish(key, await ask(this.clients, call, parameters, where))
    if (!isCounted) this.progress.finished(known === undefined)
    return this.journal.find(key)
  }

  private pages(entry: Entry | undefined): readonly Json[] | undefined {
    if (entry?.is !== 'answer') return undefined
    return JSON.parse(this.journal.read(entry).toString()) as readonly Json[]
  }

  /** Whether the call that this one stands in for was refused in the account. */
  private isRefused(call: Call, where: Where): boolean {
    const other = this.calls.find((each) => nameOf(each) === call.insteadOf)
    if (other === undefined) return false
    return this.journal.find(keyOf(other, parametersOf(other, {}, where), where))?.is === 'refused'
  }
}

function parametersOf(call: Call, target: JsonObject, where: Where): JsonObject {
  const fixed = Object.entries(call.parameters ?? {}).map(([name, value]) => [
    name,
    value === '{account}' ? where.account : value,
  ])
  return { ...(Object.fromEntries(fixed) as JsonObject), ...target }
}

/** A call in the journal: `[account, region, name, parameters]`. */
export function keyOf(call: Call, parameters: JsonObject, where: Where): string {
  return canonicalJson([where.account, where.region, nameOf(call), parameters])
}

/** Waits for all of them, also when one fails, so that nothing runs on behind the caller's back; then throws the first failure. */
export async function all(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'rejected') throw result.reason
  }
}
