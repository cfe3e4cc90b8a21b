import { CLOUD_TITLES } from '../../graph/index.ts'
import { counted, listed } from '../findings/words.ts'
import { findingTable } from './html/finding-table.ts'
import { html, styles } from './html/markup.ts'
import { headlineList, heatTable, identityTable, totalTiles, unknownTables } from './html/sections.ts'
import { STYLE } from './html/style.ts'
import type { ReportInput } from './model.ts'
import { totalsOf } from './totals.ts'

/** No script, no request: the page may only use its own style. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The report as one self-contained HTML page, made to be read, mailed and printed. */
export function reportHtml(input: ReportInput): string {
  const { summary } = input
  const totals = totalsOf(input)
  const day = summary.takenAt.slice(0, 10)
  const seen = [
    counted(summary.principals, 'identity', 'identities'),
    `${counted(summary.people, 'person', 'people')} among them`,
    counted(summary.resources, 'resource'),
    counted(summary.containers, 'container'),
    counted(summary.crownJewels.length, 'crown jewel'),
  ].join(', ')
  const clouds = listed(summary.clouds.map((cloud) => CLOUD_TITLES[cloud]))
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>Identity risk report ${day}</title>
        <style>
          ${styles(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p class="mark">Gomeisa</p>
            <h1>Identity risk report</h1>
            <p class="lead">
              ${clouds}, as exported ${summary.takenAt.slice(0, 16).replace('T', ' ')} UTC: ${seen}.
            </p>
          </header>
          ${headlineList(input)} ${totalTiles(input, totals)} ${heatTable(input)} ${identityTable(input)}
          ${findingTable(input)} ${unknownTables(input)}
          <footer>
            Gomeisa ${input.version}. Snapshot <code>${summary.snapshot}</code>. This page holds names of
            identities and the weaknesses found on them: keep it as you keep passwords. It was made on this
            computer and loads nothing.
          </footer>
        </main>
      </body>
    </html> `.text
}
