import type { PlannedCall } from '../../collectors/index.ts'
import { count } from './plain-text.ts'
import type { Terminal } from './terminal.ts'

const PLACES: Readonly<Record<PlannedCall['place'], string>> = {
  organization: 'once, of the organization',
  'organization-region': 'once a region, of the organization',
  account: 'once an account',
  region: 'in each region of each account',
}

/** The calls of a collection by where they are made, each with what it is made for. */
export function renderPlan(terminal: Terminal, plan: readonly PlannedCall[]): void {
  for (const [place, calls] of Map.groupBy(plan, (row) => row.place)) {
    terminal.out(terminal.style('bold', PLACES[place]))
    for (const { call, after, insteadOf } of calls) {
      const why = [
        ...after.map((each) => `for ${each}`),
        ...(insteadOf === undefined ? [] : [`only when ${insteadOf} is refused`]),
      ]
      terminal.block('  ', why.length === 0 ? call : `${call}: ${why.join('; ')}`)
    }
  }
  const actions = new Set(plan.flatMap((row) => row.actions))
  terminal.out(`${count(plan.length, 'call')}, ${count(actions.size, 'IAM action')}; all of them only read`)
}
