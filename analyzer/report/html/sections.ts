import {
  CLOUD_TITLES,
  type IdentityRisk,
  type NodeId,
  type Severity,
  typeInWords,
} from '../../../graph/index.ts'
import { counted, nameOf } from '../../findings/words.ts'
import { heatmap } from '../heatmap.ts'
import type { ReportInput } from '../model.ts'
import { clipped } from '../../../graph/index.ts'
import { type Totals, WORST_FIRST } from '../totals.ts'
import { type Markup, NOTHING, breakable, html } from './markup.ts'

/** How many rows the shorter tables show. */
const CONTAINERS = 20
const IDENTITIES = 25
const GAPS = 100
/** Names are clipped here: they come from outside and can be as long as an input file. */
export const MOST_NAME = 200

export function headlineList({ headlines }: ReportInput): Markup {
  if (headlines.length === 0) return NOTHING
  const items = headlines.map(
    ({ severity, text }) =>
      html`<li>
        <span><span class="pill ${severity}">${severity}</span></span
        ><span>${breakable(clipped(text, 600))}</span>
      </li>`,
  )
  return html`<h2>Worth forwarding</h2>
    <ul class="headlines">
      ${items}
    </ul>`
}

export function totalTiles(input: ReportInput, totals: Totals): Markup {
  const tiles = WORST_FIRST.map((severity) => {
    const count = totals.bySeverity[severity]
    return html`<div class="tile ${count === 0 ? 'none' : ''}">
      <b class="${severity}">${count}</b><span>${severity}</span>
    </div>`
  })
  const change =
    totals.change === null || input.previous === null
      ? NOTHING
      : html`<p class="change">
          Since ${input.previous.takenAt.slice(0, 10)}: <b>${totals.change.added}</b> new,
          <b>${totals.change.gone}</b> gone.
        </p>`
  return html`<h2>Findings <small>${counted(totals.all, 'finding')} in all</small></h2>
    <div class="tiles">${tiles}</div>
    ${change}`
}

export function heatTable(input: ReportInput): Markup {
  const { columns, rows, more } = heatmap(input.findings, CONTAINERS)
  if (rows.length === 0) return NOTHING
  const head = columns.map(({ title }) => html`<th scope="col">${title}</th>`)
  const body = rows.map(({ scope, cells }) => {
    const values = cells.map(({ count, worst }) =>
      worst === null ? html`<td class="zero">·</td>` : html`<td class="${worst}">${count}</td>`,
    )
    return html`<tr>
      <td>
        ${
          scope === null
            ? html`<span class="name">No container</span>
                <div class="kind">directory, or not told</div>`
            : nodeName(input, scope)
        }
      </td>
      ${values}
    </tr>`
  })
  const rest =
    more === 0 ? NOTHING : html` <small>the worst ${rows.length}, ${more} more are in the CSV</small>`
  return html`<h2>Where it is${rest}</h2>
    <div class="sheet">
      <table class="heat">
        <thead>
          <tr>
            <th scope="col">Container</th>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>`
}

export function identityTable(input: ReportInput): Markup {
  if (input.ranked.length === 0) return NOTHING
  const shown = input.ranked.slice(0, IDENTITIES)
  const rows = shown.map(
    (row) =>
      html`<tr>
        <td class="score ${tone(row.score)}">${score(row)}</td>
        <td>${nodeName(input, row.node)}</td>
        <td class="because">${breakable(clipped(row.because.join(', '), 500))}</td>
      </tr>`,
  )
  const more = input.ranked.length - shown.length
  const rest =
    more === 0 ? NOTHING : html` <small>the worst ${shown.length} of ${input.ranked.length}</small>`
  return html`<h2>Riskiest identities${rest}</h2>
    <div class="sheet">
      <table class="ranked">
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Identity</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`
}

/** Score with its interval, as number and bar. */
function score({ score: value, low, high }: IdentityRisk): Markup {
  const range = low === high ? NOTHING : html` <span class="kind">${low}–${high}</span>`
  return html`<b>${value}</b>${range}
    <div class="bar"><i class="to" style="width:${high}%"></i><i style="width:${value}%"></i></div>`
}

function tone(value: number): Severity {
  if (value >= 80) return 'critical'
  if (value >= 60) return 'high'
  return value >= 30 ? 'medium' : 'low'
}

/** What cannot be known from this snapshot, and how to fill it. */
export function unknownTables({ summary }: ReportInput): Markup {
  const gaps = summary.gaps.map(
    (gap) =>
      html`<tr>
        <td>${CLOUD_TITLES[gap.cloud]}</td>
        <td class="name">
          ${breakable(clipped(gap.what, MOST_NAME))}
          <div class="kind">${breakable(clipped(gap.scope, MOST_NAME))}, ${gap.kind}</div>
        </td>
        <td>
          ${clipped(gap.consequence, 600)}
          <div class="kind">${clipped(gap.remedy, 600)}</div>
        </td>
      </tr>`,
  )
  const constructs = summary.notEvaluated.map(
    (row) =>
      html`<tr>
        <td>${CLOUD_TITLES[row.cloud]}</td>
        <td>${clipped(row.title, MOST_NAME)}</td>
        <td class="number">${row.count}</td>
      </tr>`,
  )
  return html`${
    gaps.length === 0
      ? NOTHING
      : html`<h2>Not seen <small>what this report cannot know</small></h2>
          <div class="sheet">
            <table class="unseen">
              <thead>
                <tr>
                  <th scope="col">Cloud</th>
                  <th scope="col">Missing</th>
                  <th scope="col">Consequence, and how to fill it</th>
                </tr>
              </thead>
              <tbody>
                ${gaps.slice(0, GAPS)}
              </tbody>
            </table>
          </div>`
  }${gaps.length > GAPS ? html`<p class="change">${gaps.length - GAPS} more are in the JSON report.</p>` : NOTHING}${
    constructs.length === 0
      ? NOTHING
      : html`<h2>Seen, not evaluated <small>answers that these touch are unknown</small></h2>
          <div class="sheet">
            <table>
              <thead>
                <tr>
                  <th scope="col">Cloud</th>
                  <th scope="col">Construct</th>
                  <th scope="col" class="number">Count</th>
                </tr>
              </thead>
              <tbody>
                ${constructs}
              </tbody>
            </table>
          </div>`
  }`
}

/** The name of a node with its cloud and type. */
export function nodeName(input: ReportInput, id: NodeId): Markup {
  const node = input.nodes.get(id)
  const type = node === undefined ? 'only referred to' : `${CLOUD_TITLES[node.cloud]} ${typeInWords(node)}`
  return html`<span class="name">${breakable(clipped(nameOf(input.nodes, id), MOST_NAME))}</span>
    <div class="kind">${clipped(type, 80)}</div>`
}
