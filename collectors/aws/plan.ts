import type { SourceKind } from '../../graph/index.ts'
import { type Call, nameOf, type Place } from './calls/call.ts'
import { chosenCalls } from './calls/table.ts'

/** One row of the plan: a call that a collection would make. */
export interface PlannedCall {
  readonly call: string
  readonly actions: readonly string[]
  readonly place: Place
  /** The calls whose answers it is made for, each with its listing; none for a call that is made once. */
  readonly after: readonly string[]
  /** It is made only when this one is refused. */
  readonly insteadOf?: string
  readonly yields: SourceKind
  /** What is never kept of its answer. */
  readonly drops: readonly string[]
}

/** Every call of a collection, without making one. */
export function planAws(usage: boolean): readonly PlannedCall[] {
  return chosenCalls(usage).map((call: Call) => ({
    call: nameOf(call),
    actions: call.actions,
    place: call.place,
    after: (call.after ?? []).map((after) => `${after.each} of ${after.call}`),
    ...(call.insteadOf === undefined ? {} : { insteadOf: call.insteadOf }),
    yields: call.yields,
    drops: call.drop ?? [],
  }))
}
