import type { PlannedPageCall } from '../transport/planned.ts'
import { planned } from '../transport/planned.ts'
import { chosenCalls, type LeftOut } from './calls/table.ts'

/** Every call of a collection, without making one. */
export function planAzure(without: readonly LeftOut[]): readonly PlannedPageCall[] {
  return planned(chosenCalls(without))
}
