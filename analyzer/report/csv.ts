import type { ReportInput } from './model.ts'
import { findingRow } from './rows.ts'
import { visibleLines } from '../../graph/index.ts'

/** Spreadsheets run what begins so, the full-width forms too (OWASP, "CSV Injection"). */
const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** One cell (RFC 4180): formulas are made text by an apostrophe in front, what steers a terminal is made visible. */
export function csvCell(text: string): string {
  const safe = visibleLines(FORMULA.test(text) ? `'${text}` : text)
  return /[",\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

const COLUMNS = [
  'id',
  'rule',
  'title',
  'severity',
  'new',
  'cloud',
  'subject',
  'subject_type',
  'subject_id',
  'scope',
  'scope_id',
  'says',
  'confidence',
  'assumes',
  'evidence',
  'remedy',
  'remedy_text',
] as const

/** All findings as CSV with a header, one record each, in chunks. */
export function* reportCsv(input: ReportInput): Generator<string> {
  yield `${COLUMNS.join(',')}\r\n`
  for (const finding of input.findings) {
    const row = findingRow(input, finding)
    const cells: { readonly [C in (typeof COLUMNS)[number]]: string } = {
      id: row.id,
      rule: row.rule,
      title: row.title,
      severity: row.severity,
      new: row.isNew ? 'yes' : 'no',
      cloud: row.subject.cloud,
      subject: row.subject.name,
      subject_type: row.subject.type ?? '',
      subject_id: row.subject.id,
      scope: row.scope?.name ?? '',
      scope_id: row.scope?.id ?? '',
      says: row.says,
      confidence: row.confidence,
      assumes: row.assumes.join('; '),
      evidence: row.evidence
        .map((line) => (line.place === null ? line.says : `${line.says} (${line.place})`))
        .join('\n'),
      remedy: row.remedy.says,
      remedy_text: row.remedy.text,
    }
    yield `${COLUMNS.map((column) => csvCell(cells[column])).join(',')}\r\n`
  }
}
