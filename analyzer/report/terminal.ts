import type { Finding, Severity } from '../../graph/index.ts'
import { counted, nameOf } from '../findings/words.ts'
import { evidenceLines } from './evidence-lines.ts'
import type { ReportInput } from './model.ts'
import { clipped, grouped, visible, wrapped } from '../../graph/index.ts'

import { WORST_FIRST, isNew, totalsOf } from './totals.ts'

/** Columns of a terminal that is narrow but usual. */
export const WIDTH = 80

export interface TerminalOptions {
  /** Colours by SGR codes; off for a pipe and for NO_COLOR. */
  readonly colour: boolean
  /** Findings to show; how many more there are is said. */
  readonly findings: number
  readonly identities: number
}

const SGR: { readonly [S in Severity]: string } = {
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '34',
  info: '2',
}
const MOST_EVIDENCE = 3

/** The report for a terminal: what to forward, totals, the riskiest identities, the worst findings, what is not known. */
export function reportTerminal(input: ReportInput, options: TerminalOptions): string {
  const paint = (code: string, text: string): string =>
    options.colour ? `\u001b[${code}m${text}\u001b[0m` : text
  const title = (text: string): string => `\n${paint('1', text)}\n`
  const { summary } = input
  const lines = [
    paint('1', `Gomeisa report, ${summary.takenAt.slice(0, 16).replace('T', ' ')} UTC`),
    ...wrapped(
      [
        counted(summary.principals, 'identity', 'identities'),
        counted(summary.people, 'person', 'people'),
        counted(summary.resources, 'resource'),
        counted(summary.containers, 'container'),
        counted(summary.crownJewels.length, 'crown jewel'),
      ].join(', '),
      WIDTH,
    ),
  ]
  if (input.headlines.length > 0) lines.push(title('Worth forwarding'))
  for (const headline of input.headlines) {
    lines.push(...hanging(paint(SGR[headline.severity], '●'), 1, visible(headline.text)))
  }
  lines.push(title('Findings'), ...totals(input, paint))
  if (input.ranked.length > 0) lines.push(title('Riskiest identities'))
  for (const row of input.ranked.slice(0, options.identities)) {
    const range = row.low === row.high ? '' : ` (${row.low}–${row.high})`
    const name = clipped(visible(nameOf(input.nodes, row.node)), 40)
    lines.push(
      ...hanging(
        paint('1', String(row.score).padStart(3)),
        3,
        `${name}${range}: ${visible(row.because.join(', '))}`,
      ),
    )
  }
  if (input.findings.length > 0) lines.push(title('Worst findings'))
  for (const finding of input.findings.slice(0, options.findings)) lines.push(...block(input, finding, paint))
  const more = input.findings.length - options.findings
  if (more > 0) lines.push(`  … and ${counted(more, 'more', 'more')}`)
  lines.push(...unknowns(input, title))
  return `${lines.join('\n')}\n`
}

type Paint = (code: string, text: string) => string

function totals(input: ReportInput, paint: Paint): string[] {
  const { all, bySeverity, byRule, change } = totalsOf(input)
  const parts = WORST_FIRST.filter((severity) => bySeverity[severity] > 0).map((severity) =>
    paint(SGR[severity], `${grouped(bySeverity[severity])} ${severity}`),
  )
  const since = input.previous?.takenAt.slice(0, 10) ?? ''
  const lines = [`  ${all === 0 ? 'none' : parts.join(', ')}`]
  if (change !== null) lines.push(`  since ${since}: ${change.added} new, ${change.gone} gone`)
  for (const rule of byRule) lines.push(`  ${String(rule.count).padStart(7)}  ${visible(rule.title)}`)
  return lines
}

function block(input: ReportInput, finding: Finding, paint: Paint): string[] {
  const tag = `${finding.severity}${isNew(input, finding) ? ', new' : ''}${finding.confidence === 'assumed' ? ', assumed' : ''}`
  const proof = evidenceLines(finding.evidence, (ref) => input.describe(ref)).filter(
    (line) => line.place !== null,
  )
  const lines = [
    `  ${paint(SGR[finding.severity], tag)}  ${visible(finding.title)}`,
    ...indented(4, visible(finding.says)),
    ...proof
      .slice(0, MOST_EVIDENCE)
      .flatMap((line) => indented(4, `because ${visible(line.says)} (${visible(line.place ?? '')})`)),
  ]
  if (proof.length > MOST_EVIDENCE) lines.push(`    … and ${proof.length - MOST_EVIDENCE} more records`)
  return [...lines, ...indented(4, `remedy: ${visible(finding.remedy.says)}`), '']
}

function unknowns({ summary }: ReportInput, title: (text: string) => string): string[] {
  const lines: string[] = []
  if (summary.gaps.length > 0) lines.push(title('Not seen'))
  for (const gap of summary.gaps) {
    lines.push(
      ...hanging(
        '-',
        1,
        visible(`${gap.what} of ${gap.scope} (${gap.kind}): ${gap.consequence}; ${gap.remedy}`),
      ),
    )
  }
  if (summary.notEvaluated.length > 0) lines.push(title('Seen, not evaluated by this version'))
  for (const row of summary.notEvaluated) lines.push(...hanging('-', 1, visible(`${row.count} ${row.title}`)))
  return lines
}

function indented(by: number, text: string): string[] {
  return wrapped(text, WIDTH - by).map((line) => ' '.repeat(by) + line)
}

/** A mark of known width, and the text beside it. */
function hanging(mark: string, width: number, text: string): string[] {
  const indent = 2 + width + 1
  return wrapped(text, WIDTH - indent).map((line, i) =>
    i === 0 ? `  ${mark} ${line}` : ' '.repeat(indent) + line,
  )
}
