import { type Finding, SEVERITIES, type Severity } from '../../graph/index.ts'
import { FINDING_RULES } from '../findings/registry.ts'
import type { ReportInput } from './model.ts'

/** Worst first, as reports show them. */
export const WORST_FIRST: readonly Severity[] = SEVERITIES.toReversed()

export interface Totals {
  readonly all: number
  readonly bySeverity: { readonly [S in Severity]: number }
  readonly byRule: readonly { readonly rule: string; readonly title: string; readonly count: number }[]
  /** Against the snapshot before; `null` when there is none. */
  readonly change: { readonly added: number; readonly gone: number } | null
}

/** Counts over all findings, however few are shown. */
export function totalsOf({ findings, previous }: ReportInput): Totals {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  const rules = new Map<string, { title: string; count: number }>()
  let kept = 0
  for (const finding of findings) {
    bySeverity[finding.severity]++
    const rule = rules.get(finding.rule)
    if (rule === undefined) rules.set(finding.rule, { title: finding.title, count: 1 })
    else rule.count++
    if (previous?.findings.has(finding.id) === true) kept++
  }
  return {
    all: findings.length,
    bySeverity,
    byRule: [...rules]
      .map(([rule, { title, count }]) => ({ rule, title, count }))
      .sort((a, b) => rulePlace(a.rule) - rulePlace(b.rule)),
    change: previous === null ? null : { added: findings.length - kept, gone: previous.findings.size - kept },
  }
}

/** Whether a finding was not there in the snapshot before; never without one. */
export function isNew(input: ReportInput, finding: Finding): boolean {
  return input.previous !== null && !input.previous.findings.has(finding.id)
}

/** The place of a rule in the order in which rules are shown. */
export function rulePlace(id: string): number {
  const place = FINDING_RULES.findIndex((rule) => rule.id === id)
  return place < 0 ? FINDING_RULES.length : place
}
