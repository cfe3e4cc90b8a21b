/** Colours are pairs for the light and the dark scheme, those of the application; paper is always light. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0b0d12); --surface: light-dark(#fff, #12151c);
  --sunken: light-dark(#f2f4f7, #0e1117); --line: light-dark(#e3e6ec, #232834);
  --text: light-dark(#12151d, #e9ebf1); --soft: light-dark(#454c5b, #b0b7c5); --faint: light-dark(#5f6777, #8d95a6);
  --accent: light-dark(#3a52cc, #9aaeff); --accent-tint: light-dark(#eaeefc, #1b2340);
  --critical: light-dark(#b00d3c, #ff7d98); --critical-tint: light-dark(#fde7ec, #3b131f);
  --high: light-dark(#b03f07, #ff9c61); --high-tint: light-dark(#fdeade, #371e0e);
  --medium: light-dark(#7e5800, #e6bd50); --medium-tint: light-dark(#fbf1d3, #2e2509);
  --low: light-dark(#2559b8, #8ab1ff); --low-tint: light-dark(#e6effd, #132340);
  --info: light-dark(#566072, #9aa3b4); --info-tint: light-dark(#eceff3, #1d222c);
  --added: light-dark(#14713f, #63d296); --removed: light-dark(#b00d3c, #ff7d98);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
main { max-width: 1180px; margin: 0 auto; padding: 40px 32px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0; letter-spacing: -0.02em; }
h2 { font-size: 19px; margin: 48px 0 14px; letter-spacing: -0.01em; }
h2 small, .aside { font-size: 13px; font-weight: 400; color: var(--faint); letter-spacing: 0; }
p { margin: 0; }
code, pre { font-family: var(--mono); font-size: 12px; }
.lead { color: var(--soft); margin-top: 6px; }
.mark { color: var(--accent); font-weight: 600; font-size: 13px; letter-spacing: 0.02em; margin-bottom: 6px; }
.pill {
  display: inline-block; padding: 1px 8px; border-radius: 99px; font-size: 12px; font-weight: 600; white-space: nowrap;
}
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); }
.pill.critical, .heat td.critical { background: var(--critical-tint); } .pill.high, .heat td.high { background: var(--high-tint); }
.pill.medium, .heat td.medium { background: var(--medium-tint); } .pill.low, .heat td.low { background: var(--low-tint); }
.pill.info, .heat td.info { background: var(--info-tint); }
.pill.new { color: var(--accent); background: var(--accent-tint); }
.pill.assumed { color: var(--soft); border: 1px dashed currentColor; padding: 0 7px; }
.headlines { list-style: none; margin: 0; padding: 0; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.headlines li { display: grid; grid-template-columns: 84px 1fr; gap: 12px; padding: 13px 18px; font-size: 16.5px; align-items: baseline; }
.headlines li + li { border-top: 1px solid var(--line); }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px; }
.tile { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; }
.tile b { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { font-size: 13px; color: var(--soft); }
.tile.none b { color: var(--faint); }
.change { margin-top: 10px; color: var(--soft); font-size: 14px; }
.sheet { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--faint); padding: 9px 14px; border-bottom: 1px solid var(--line); }
td { padding: 9px 14px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tbody tr:last-child > td { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
.heat { table-layout: fixed; }
.heat th:first-child, .heat td:first-child { width: 170px; }
.heat th { vertical-align: bottom; padding: 9px 3px; text-align: center; font-weight: 500; line-height: 1.25; font-size: 10.5px; hyphens: auto; overflow-wrap: break-word; }
.heat th:first-child { text-align: left; padding-left: 14px; }
.heat td { text-align: center; vertical-align: middle; padding: 6px; border-left: 1px solid var(--line); font-weight: 600; font-variant-numeric: tabular-nums; }
.heat td:first-child { text-align: left; border-left: 0; padding-left: 14px; font-weight: 400; }
.heat .zero { color: var(--line); font-weight: 400; }
.name { font-weight: 600; }
.kind { color: var(--faint); font-size: 13px; }
.ranked { table-layout: fixed; }
.ranked th:nth-child(1) { width: 140px; }
.ranked th:nth-child(2) { width: 34%; }
.unseen { table-layout: fixed; }
.unseen th:nth-child(1) { width: 90px; }
.unseen th:nth-child(2) { width: 34%; }
.bar { height: 6px; border-radius: 3px; background: var(--sunken); position: relative; margin-top: 5px; overflow: hidden; }
.bar i { position: absolute; inset: 0 auto 0 0; background: currentColor; }
.bar i.to { opacity: 0.28; }
.because { color: var(--soft); font-size: 14px; }
.findings td { padding: 16px 14px; }
.findings td:first-child { width: 112px; }
.findings td:first-child .pill { display: block; width: max-content; margin-bottom: 5px; }
.findings h3 { font-size: 15px; margin: 0; }
.says { margin-top: 2px; }
.split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 20px; margin-top: 10px; }
.split h4 { font-size: 12px; font-weight: 600; color: var(--faint); margin: 0 0 4px; }
.proof { list-style: none; margin: 0; padding: 0; font-size: 13px; color: var(--soft); }
.proof li { margin-bottom: 5px; }
.proof code { display: block; color: var(--faint); }
.d1 { padding-left: 14px; } .d2 { padding-left: 28px; } .d3 { padding-left: 42px; }
.remedy { font-size: 13px; color: var(--soft); }
pre { margin: 6px 0 0; padding: 9px 11px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; color: var(--text); line-height: 1.45; }
ins { color: var(--added); text-decoration: none; } del { color: var(--removed); text-decoration: none; }
.empty { padding: 22px 18px; color: var(--soft); }
footer { margin-top: 56px; padding-top: 14px; border-top: 1px solid var(--line); color: var(--faint); font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 720px) {
  main { padding: 24px 14px 40px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .split { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .headlines li { grid-template-columns: 1fr; gap: 4px; font-size: 15px; }
  .heat { min-width: 1100px; }
  .ranked, .ranked tbody { display: block; }
  .ranked thead { display: none; }
  .ranked tr { display: grid; grid-template-columns: 104px minmax(0, 1fr); border-bottom: 1px solid var(--line); padding: 4px 0; }
  .ranked td { border: 0; }
  .ranked td:last-child { grid-column: 1 / -1; padding-top: 0; }
  .unseen th:nth-child(1) { width: 70px; }
  td, th { padding-left: 10px; padding-right: 10px; }
  .findings, .findings tbody, .findings tr, .findings td { display: block; width: auto; }
  .findings thead { display: none; }
  .findings td:first-child { width: auto; border-bottom: 0; padding-bottom: 0; }
  .findings td:first-child .pill { display: inline-block; margin: 0 4px 0 0; }
}
@page {
  size: A4; margin: 16mm 14mm 18mm;
  @bottom-left { content: 'Gomeisa: identity risk report'; font: 8pt sans-serif; color: #5f6777; }
  @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages); font: 8pt sans-serif; color: #5f6777; }
}
@media print {
  :root { color-scheme: light; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { background: #fff; font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 21pt; } h2 { font-size: 13pt; margin: 9mm 0 3mm; break-after: avoid; }
  .sheet { overflow: visible; border-radius: 0; border-left: 0; border-right: 0; }
  thead { display: table-header-group; }
  tr, li, .tile, .split > div { break-inside: avoid; }
  h3, h4, .says { break-after: avoid; }
  td, th { padding-left: 6px; padding-right: 6px; }
  .headlines li { font-size: 11pt; padding: 8px 12px; grid-template-columns: 68px 1fr; }
  .findings td:first-child, .findings th:first-child { width: 82px; padding-left: 0; }
  .heat th:first-child, .heat td:first-child { width: 118px; padding-left: 4px; }
  .heat th { font-size: 6.5pt; padding: 6px 2px; } .heat td { padding: 4px 2px; }
  .split { gap: 12px; }
  .ranked th:nth-child(1) { width: 100px; }
  pre, code { font-size: 7.5pt; } .proof, .remedy, .because { font-size: 8.5pt; }
}
`
