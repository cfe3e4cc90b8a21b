import type { Finding, Severity } from '../../graph/index.ts'
import { SEVERITIES, visible, grouped } from '../../graph/index.ts'
import { count } from './plain-text.ts'
import type { Terminal } from './terminal.ts'

const STYLES = {
  critical: ['bold', 'red'],
  high: ['red'],
  medium: ['yellow'],
  low: ['cyan'],
  info: ['dim'],
} as const satisfies Readonly<Record<Severity, unknown>>

/** Columns of the longest severity and a space. */
const HEAD = 9

export function severityWord(terminal: Terminal, severity: Severity): string {
  return terminal.style([...STYLES[severity]], severity.toUpperCase())
}

/** `89 findings: 12 critical, 53 high`; severities without a finding are left out. */
export function findingCounts(findings: readonly Finding[]): string {
  const counts = [...SEVERITIES].reverse().flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length
    return n === 0 ? [] : [`${grouped(n)} ${severity}`]
  })
  const total = count(findings.length, 'finding')
  return counts.length === 0 ? total : `${total}: ${counts.join(', ')}`
}

/** One entry for each finding: what it says, its rule and the id by which it is explained. */
export function renderFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const indent = ' '.repeat(HEAD)
  for (const { severity, says, rule, id, confidence } of findings) {
    terminal.block(severity.toUpperCase().padEnd(HEAD), visible(says), undefined, [...STYLES[severity]])
    const assumed = confidence === 'assumed' ? '  assumed' : ''
    terminal.block(indent, `${id}  ${rule}${assumed}`, 'dim')
  }
}
