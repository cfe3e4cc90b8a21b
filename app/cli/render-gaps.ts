import type { Gap, NotEvaluated } from '../../graph/index.ts'
import { CLOUD_TITLES } from '../../graph/index.ts'
import type { Terminal } from './terminal.ts'
import { count, printable, wrap } from './terminal.ts'

const KINDS: Readonly<Record<Gap['kind'], string>> = {
  refused: 'refused',
  truncated: 'cut off',
  'not-collected': 'not imported',
}

/** What was not seen: one entry for what is missing in the same way in many scopes. */
export function renderGaps(terminal: Terminal, gaps: readonly Gap[]): void {
  const groups = Map.groupBy(gaps, (gap) => `${gap.cloud} ${gap.kind} ${gap.what} ${gap.consequence}`)
  for (const group of groups.values()) {
    const [gap] = group
    if (gap === undefined) continue
    const scopes = group.length === 1 ? gap.scope : count(group.length, 'scope')
    const where = gap.scope === '*' ? '' : ` in ${scopes}`
    const text = `${CLOUD_TITLES[gap.cloud]}: ${gap.what} ${KINDS[gap.kind]}${where}: ${gap.consequence}`
    terminal.out(terminal.style('yellow', `  ${wrap(printable(text), terminal.width - 4, '    ')}`))
    terminal.out(terminal.style('dim', `    ${printable(gap.remedy)}`))
  }
}

/** What was seen but is not evaluated by this version. */
export function renderNotEvaluated(terminal: Terminal, constructs: readonly NotEvaluated[]): void {
  if (constructs.length === 0) return
  const parts = constructs.map((each) => `${each.count} ${each.title}`)
  terminal.out(
    terminal.style(
      'yellow',
      `  ${wrap(printable(`not evaluated: ${parts.join(', ')}`), terminal.width - 4, '    ')}`,
    ),
  )
}
