import type { PlannedPageCall } from '../../collectors/index.ts'
import { count } from './plain-text.ts'
import type { Terminal } from './terminal.ts'

/** The calls of a collection by where they are made, each with what it is made for. */
export function renderPagePlan(terminal: Terminal, plan: readonly PlannedPageCall[]): void {
  for (const [place, calls] of Map.groupBy(plan, (row) => row.place)) {
    terminal.out(terminal.style('bold', place))
    for (const { call, after } of calls) {
      const why = after.map((each) => `for ${each}`)
      terminal.block('  ', why.length === 0 ? call : `${call}: ${why.join('; ')}`)
    }
  }
  const permissions = new Set(plan.flatMap((row) => row.permissions))
  terminal.out(
    `${count(plan.length, 'call')}, ${count(permissions.size, 'permission')}; all of them only read`,
  )
}
