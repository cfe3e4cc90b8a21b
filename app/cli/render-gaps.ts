import type { Gap, NotEvaluated } from '../../graph/index.ts'
import { CLOUD_TITLES, CLOUD_TOOLS, visible } from '../../graph/index.ts'
import { count, foldCommand } from './plain-text.ts'
import type { Terminal } from './terminal.ts'

const KINDS: Readonly<Record<Gap['kind'], string>> = {
  refused: 'refused to the exporter',
  truncated: 'cut off',
  'not-collected': 'not imported',
}

/** What was not seen: one entry for what is missing in the same way in many places, and how it can be had. */
export function renderGaps(terminal: Terminal, gaps: readonly Gap[]): void {
  const groups = Map.groupBy(gaps, (gap) => JSON.stringify([gap.cloud, gap.kind, gap.what, gap.consequence]))
  for (const group of groups.values()) {
    const [gap] = group
    if (gap === undefined) continue
    const head = `${CLOUD_TITLES[gap.cloud]}: ${gap.what.replaceAll('-', ' ')} ${KINDS[gap.kind]}${where(group)}`
    terminal.block('  ', visible(head), 'yellow')
    terminal.block('    ', visible(gap.consequence))
    renderRemedy(terminal, gap)
  }
}

/** Scopes named at most in one line. */
const NAMED = 3

function where(group: readonly Gap[]): string {
  const scopes = [...new Set(group.map((gap) => gap.scope))].filter((scope) => scope !== '*')
  if (scopes.length === 0) return ''
  const left = scopes.length - NAMED
  return ` in ${scopes.slice(0, NAMED).join(', ')}${left > 0 ? ` and ${count(left, 'other')}` : ''}`
}

/** Words are broken at spaces, a command is folded so that it can be copied. */
function renderRemedy(terminal: Terminal, { remedy }: Gap): void {
  const seam = remedy.lastIndexOf(', then: ')
  const words = seam < 0 ? '' : remedy.slice(0, seam + ', then:'.length)
  const last = visible(seam < 0 ? remedy : remedy.slice(seam + ', then: '.length))
  if (words !== '') terminal.block('    → ', visible(words), 'dim')
  const isCommand =
    Object.values(CLOUD_TOOLS).some((tool) => last.startsWith(`${tool} `)) && !/, |\(docs/.test(last)
  const head = words === '' ? '    → ' : '      '
  if (isCommand)
    terminal.out(terminal.style('dim', `${head}${foldCommand(last, terminal.width - 6, '      ')}`))
  else terminal.block(head, last, 'dim')
}

/** What was seen but is not evaluated by this version. */
export function renderNotEvaluated(terminal: Terminal, constructs: readonly NotEvaluated[]): void {
  if (constructs.length === 0) return
  const parts = constructs.map(({ cloud, title, count }) => `${CLOUD_TITLES[cloud]} ${title} (${count})`)
  terminal.block('  ', visible(`not evaluated: ${parts.join(', ')}`), 'yellow')
}
