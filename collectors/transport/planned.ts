import type { SourceKind } from '../../graph/index.ts'
import type { PageCall } from './page-call.ts'

/** One row of the plan: a call that a collection would make. */
export interface PlannedPageCall {
  readonly call: string
  readonly permissions: readonly string[]
  readonly place: string
  /** The calls whose answers it is made for, each with what of it; none for a call that a collection begins with. */
  readonly after: readonly string[]
  /** None for a call that only leads to others. */
  readonly yields?: SourceKind
}

/** A table of calls, for people. */
export function planned(calls: readonly PageCall[]): readonly PlannedPageCall[] {
  return calls.map(({ name, permissions, place, after = [], yields }) => ({
    call: name,
    permissions,
    place,
    after: after
      .filter(({ call }) => calls.some((other) => other.name === call))
      .map(({ call, each }) => `${each} of ${call}`),
    ...(yields === undefined ? {} : { yields }),
  }))
}
