import type { ReportInput } from './model.ts'
import { findingRow, nodeRow } from './rows.ts'
import { visibleJson } from '../../graph/index.ts'
import { totalsOf } from './totals.ts'

/** Rises when a field is removed or changes its meaning; new fields may come at any time. */
export const REPORT_VERSION = 1

/** The whole report as one JSON document, in chunks; one finding and one identity a line. */
export function* reportJson(input: ReportInput): Generator<string> {
  const { summary } = input
  const head = {
    schema: 'gomeisa.report',
    version: REPORT_VERSION,
    product: input.version,
    snapshot: summary.snapshot,
    takenAt: summary.takenAt,
    previous: input.previous?.takenAt ?? null,
    counts: {
      principals: summary.principals,
      people: summary.people,
      resources: summary.resources,
      containers: summary.containers,
      crownJewels: summary.crownJewels.length,
    },
    totals: totalsOf(input),
    headlines: input.headlines,
    gaps: summary.gaps,
    notEvaluated: summary.notEvaluated,
    crownJewels: summary.crownJewels.map((jewel) => ({
      ...nodeRow(input, jewel.resource),
      because: jewel.because,
    })),
  }
  yield visibleJson(JSON.stringify(head).slice(0, -1))
  yield ',\n"identities":['
  let separator = '\n'
  for (const { node, score, low, high, because } of input.ranked) {
    yield visibleJson(separator + JSON.stringify({ ...nodeRow(input, node), score, low, high, because }))
    separator = ',\n'
  }
  yield '],\n"findings":['
  separator = '\n'
  for (const finding of input.findings) {
    yield visibleJson(separator + JSON.stringify(findingRow(input, finding)))
    separator = ',\n'
  }
  yield ']}\n'
}

/** The findings alone, one a line. */
export function* reportJsonLines(input: ReportInput): Generator<string> {
  for (const finding of input.findings) yield `${visibleJson(JSON.stringify(findingRow(input, finding)))}\n`
}
