import type { Finding, Remedy } from '../../../graph/index.ts'
import { nameOf } from '../../findings/words.ts'
import { type EvidenceLine, evidenceLines } from '../evidence-lines.ts'
import type { ReportInput } from '../model.ts'
import { clipped } from '../../../graph/index.ts'
import { isNew } from '../totals.ts'
import { type Markup, NOTHING, breakable, html, lines } from './markup.ts'
import { MOST_NAME } from './sections.ts'

/** Findings that the page shows; all of them are in the CSV and the JSON report. */
export const MOST_FINDINGS = 500
/** However long their texts are: a browser opens and prints the page. */
const MOST_BYTES = 3_500_000
/** Per finding: lines of proof, lines and characters of a remedy. */
const MOST_PROOF = 6
const MOST_REMEDY_LINES = 24
const MOST_REMEDY = 1200

export function findingTable(input: ReportInput): Markup {
  const rows: Markup[] = []
  let bytes = 0
  for (const finding of input.findings.slice(0, MOST_FINDINGS)) {
    const next = row(input, finding)
    bytes += Buffer.byteLength(next.text)
    if (bytes > MOST_BYTES) break
    rows.push(next)
  }
  if (rows.length === 0) {
    return html`<h2>All findings</h2>
      <div class="sheet">
        <p class="empty">Nothing was found. What was not seen or not evaluated is listed below.</p>
      </div>`
  }
  const note =
    rows.length === input.findings.length
      ? NOTHING
      : html` <small>the worst ${rows.length} of ${input.findings.length}; the others are in the CSV</small>`
  return html`<h2>All findings${note}</h2>
    <div class="sheet">
      <table class="findings">
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">What is wrong, why we say so, what ends it</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`
}

function row(input: ReportInput, finding: Finding): Markup {
  const added = isNew(input, finding) ? html`<span class="pill new">new</span>` : NOTHING
  const assumed = finding.confidence === 'assumed' ? html`<span class="pill assumed">assumed</span>` : NOTHING
  const where = finding.scope === null ? '' : ` in ${clipped(nameOf(input.nodes, finding.scope), MOST_NAME)}`
  const assumes =
    finding.assumes.length === 0
      ? NOTHING
      : html`<p class="kind">Holds if nothing changes by: ${clipped(finding.assumes.join('; '), 600)}</p>`
  return html`<tr id="f-${finding.id}">
    <td><span class="pill ${finding.severity}">${finding.severity}</span>${added}${assumed}</td>
    <td>
      <h3>
        ${clipped(finding.title, MOST_NAME)}
        <span class="aside"
          >${breakable(clipped(nameOf(input.nodes, finding.subject), MOST_NAME))}${breakable(where)}</span
        >
      </h3>
      <p class="says">${breakable(clipped(finding.says, 800))}</p>
      ${assumes}
      <div class="split">
        <div>
          <h4>Evidence</h4>
          ${proof(input, finding)}
        </div>
        <div>
          <h4>Remedy</h4>
          ${remedy(finding.remedy)}
        </div>
      </div>
    </td>
  </tr>`
}

function proof(input: ReportInput, finding: Finding): Markup {
  const all = evidenceLines(finding.evidence, (ref) => input.describe(ref))
  const more = all.length - MOST_PROOF
  const rest = more > 0 ? html`<li>… and ${more} more in the JSON report</li>` : NOTHING
  return html`<ul class="proof">
    ${all.slice(0, MOST_PROOF).map(proofLine)}${rest}
  </ul>`
}

function proofLine(line: EvidenceLine): Markup {
  const place = line.place === null ? NOTHING : html`<code>${breakable(clipped(line.place, 300))}</code>`
  return html`<li class="d${Math.min(line.depth, 3)}">${breakable(clipped(line.says, 400))}${place}</li>`
}

function remedy({ says, format, text }: Remedy): Markup {
  const kept = clipped(text, MOST_REMEDY).split('\n').slice(0, MOST_REMEDY_LINES).join('\n')
  const cut = kept !== text ? html`<p class="kind">Shortened; the whole text is in the CSV.</p>` : NOTHING
  const code = format === 'diff' ? diff(kept) : lines(kept)
  return html`<p class="remedy">${breakable(clipped(says, 600))}</p>
    ${text === '' ? NOTHING : html`<pre>${code}</pre>`}${cut}`
}

function diff(text: string): Markup {
  const parts = text.split('\n').map((line, i) => {
    const content = html`${i === 0 ? NOTHING : lines('\n')}${lines(line)}`
    if (line.startsWith('+') && !line.startsWith('+++')) return html`<ins>${content}</ins>`
    return line.startsWith('-') && !line.startsWith('---') ? html`<del>${content}</del>` : content
  })
  return html`${parts}`
}
