import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, reportCsv } from '../../../analyzer/report/csv.ts'
import { heatmap } from '../../../analyzer/report/heatmap.ts'
import { reportHtml } from '../../../analyzer/report/html.ts'
import { reportJson, reportJsonLines } from '../../../analyzer/report/json.ts'
import type { ReportInput } from '../../../analyzer/report/model.ts'
import type { FindingRow } from '../../../analyzer/report/rows.ts'
import { columnsOf, visible, visibleJson } from '../../../graph/index.ts'
import { WIDTH, reportTerminal } from '../../../analyzer/report/terminal.ts'
import { totalsOf } from '../../../analyzer/report/totals.ts'
import type { Fact } from '../../../analyzer/findings/fact.ts'
import { administrator } from '../findings/facts.ts'
import { container, id, principal } from '../paths/estate.ts'
import { reportOf, sampleReport } from './sample.ts'

const terminal = (report: ReportInput, colour = false) =>
  reportTerminal(report, { colour, findings: 50, identities: 20 })

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '=HYPERLINK("http://evil.example","x")',
  '@SUM(1+1)*cmd|calc',
  '\u001b[31m\u001b]0;owned\u0007',
  '\u009b2J',
  'abc\u202egpj.exe',
  '\u200b=1+1',
  'two\r\nlines',
  '</style><style>body{display:none}',
  '<!-- ',
  '\ud800',
  '${7*7}',
]

function hostileReport(): ReportInput {
  const nodes = [
    container('plain'),
    ...HOSTILE.flatMap((name, i) => [
      principal(`p${i}`, 'plain'),
      { ...principal(`q${i}`), name },
      { ...container(`c${i}`), name },
    ]),
  ]
  const facts: Fact[] = HOSTILE.map((name, i) => ({
    ...administrator(`q${i}`, `c${i}`, name, i % 2 === 0 ? [name] : []),
    remedy: { says: name, format: i % 2 === 0 ? 'diff' : 'command', text: `${name}\n+${name}` },
  }))
  return reportOf(nodes, facts, [], { describe: () => ({ origin: HOSTILE.join(' ') }) })
}

/** What would steer a terminal or hide text; line feeds and the colours of our own are expected. */
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/

describe('names from outside stay text', () => {
  const report = hostileReport()

  it('HTML: no element, attribute or style but ours', () => {
    const page = reportHtml(report)
    const tags = new Set([...page.matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9]*)/g)].map((m) => m[1]?.toLowerCase()))
    const ours =
      '!doctype html head meta title style body main header p h1 h2 h3 h4 small ul li span div b i table thead tbody tr th td wbr code pre ins del footer'
    expect([...tags].filter((tag) => !ours.split(' ').includes(tag ?? ''))).toEqual([])
    expect(page.match(/<style>/g)).toHaveLength(1)
    expect(page).not.toMatch(/<[^>]*\son\w+=/i)
    expect(page).not.toMatch(/<[^>]*\s(?:src|href)=/i)
    expect(page).not.toMatch(STEERING)
    expect(page).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('terminal: nothing steers it, no line is wider than 80 cells, colour only when told', () => {
    const plain = terminal(report)
    expect(plain).not.toMatch(STEERING)
    expect(plain).toContain('\\u{202e}')
    for (const line of plain.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(WIDTH)
    const coloured = terminal(report, true)
    expect(coloured.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(plain)
  })

  it('CSV: what a spreadsheet would run is text, and every record has all its cells', () => {
    const csv = [...reportCsv(report)].join('')
    const records = parse<Record<string, string>>(csv, { columns: true, record_delimiter: '\r\n' })
    expect(records).toHaveLength(report.findings.length)
    for (const record of records) {
      for (const cell of Object.values(record)) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/)
    }
    expect(records.map((r) => r['subject'])).toContain(`'=HYPERLINK("http://evil.example","x")`)
  })

  it('JSON and JSON Lines: the same text to a parser, nothing that steers on the way', () => {
    const text = [...reportJson(report)].join('')
    expect(text).not.toMatch(STEERING)
    const document = JSON.parse(text)
    expect(document).toMatchObject({ schema: 'gomeisa.report', version: 1 })
    expect(document.findings).toHaveLength(report.findings.length)
    const lines = [...reportJsonLines(report)].join('').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(document.findings)
    const names = new Set((document.findings as FindingRow[]).map((finding) => finding.subject.name))
    for (const name of HOSTILE) expect(names).toContain(name)
  })

  it('any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(STEERING)
        expect(visible(text)).not.toContain('\n')
        expect(JSON.parse(visibleJson(JSON.stringify(text)))).toBe(text)
        const [[cell]] = parse(csvCell(text) + '\r\n', {
          record_delimiter: '\r\n',
          skip_empty_lines: false,
        }) as [[string]]
        expect(cell).not.toMatch(/^\s*[=+\-@]/)
      }),
      { examples: HOSTILE.map((name): [string] => [name]) },
    )
  })
})

describe('a report', () => {
  const report = sampleReport()

  it('is the same every time, in every format', () => {
    expect(reportHtml(sampleReport())).toBe(reportHtml(report))
    expect(terminal(sampleReport())).toBe(terminal(report))
    expect([...reportJson(sampleReport())]).toEqual([...reportJson(report)])
  })

  it('tells what is new and what is gone, what is not seen and what is not evaluated', () => {
    expect(totalsOf(report).change).toEqual({ added: 3, gone: 1 })
    for (const text of [terminal(report), reportHtml(report)]) {
      for (const part of ['3 new', '1 gone', 'sandbox-labs', 'deny policies', 'payroll-exports', 'detach']) {
        expect(text.replaceAll(/<\/?(?:b|wbr)>/g, '')).toContain(part)
      }
    }
    expect(terminal(report)).toContain('export/file-0.json:')
  })

  it('counts all findings in the heatmap, worst container first', () => {
    const { columns, rows, more } = heatmap(report.findings, 3)
    expect(more).toBe(heatmap(report.findings, 99).rows.length - 3)
    const all = heatmap(report.findings, 99).rows.flatMap((row) => row.cells)
    expect(all.reduce((sum, cell) => sum + cell.count, 0)).toBe(report.findings.length)
    expect(rows[0]?.cells).toHaveLength(columns.length)
    expect(rows[0]?.cells.some((cell) => cell.worst === 'critical')).toBe(true)
  })

  it('of nothing is a report too', () => {
    const empty = reportOf([], [])
    expect(terminal(empty)).toContain('none')
    expect(reportHtml(empty)).toContain('Nothing was found')
    expect([...reportCsv(empty)].join('').split('\r\n')).toHaveLength(2)
    expect(JSON.parse([...reportJson(empty)].join(''))).toMatchObject({ findings: [], identities: [] })
  })

  it('shows the worst 500 findings', () => {
    const one = report.findings[0]!
    const findings = Array.from({ length: 501 }, (_, i) => ({ ...one, id: String(i) }))
    expect(reportHtml({ ...report, findings }).match(/<tr id="f-/g)).toHaveLength(500)
    expect(reportHtml({ ...report, findings })).toContain('the worst 500 of 501')
  })

  it('of 100,000 findings with long texts is a page below 5 MB, with the totals of all', () => {
    const one = report.findings[0]!
    const long = '<&"\'/ long '.repeat(2000)
    const bad = {
      ...one,
      says: long,
      subject: id(long),
      remedy: { says: long, format: 'diff' as const, text: `+${long}\n`.repeat(100) },
      evidence: [one.evidence[0], ...Array.from({ length: 50 }, () => one.evidence[0])] as const,
    }
    const findings = Array.from({ length: 100_000 }, (_, i) => ({
      ...bad,
      id: i.toString(16).padStart(16, '0'),
      scope: i < 600 ? id(`scope ${i} ${long}`) : null,
    }))
    const big = { ...report, findings, describe: () => ({ origin: long }) }
    const page = reportHtml(big)
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000)
    expect(page).toMatch(/the worst \d+ of 100,000/)
    expect(page).toContain('100,000 findings in all')
  })
})
