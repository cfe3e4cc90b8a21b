import { visible } from '../../graph/index.ts'
import { PAGE_SCRIPT, PAGE_STYLE } from './page-files.ts'

/** Text for HTML; what cannot be seen is written out first, so that a page shows what is there. */
export const escaped = (text: string): string => attribute(visible(text))

/** Text for an attribute that a script reads: every character as it is. */
const attribute = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const SECURITY = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; " +
    "frame-ancestors 'none'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  // A form of a page without a referrer is sent without an origin, which is what we look at.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'Cache-Control': 'no-store',
} as const

/** A whole page; `main` is HTML that was made with `escaped`. `root`: path under which style and script are. */
export function pageAnswer(
  root: string,
  title: string,
  main: string,
  more: { readonly status?: number; readonly cookies?: readonly string[] } = {},
): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Gomeisa</title>
<link rel="stylesheet" href="${root}style.css">
<script src="${root}page.js" defer></script>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</body>
</html>
`
  const headers = new Headers({ ...SECURITY, 'Content-Type': 'text/html; charset=utf-8' })
  for (const cookie of more.cookies ?? []) headers.append('Set-Cookie', cookie)
  return new Response(html, { status: more.status ?? 200, headers })
}

/** Style and script of the pages; undefined for another name. */
export function fileAnswer(name: string): Response | undefined {
  const file =
    name === 'style.css'
      ? ([PAGE_STYLE, 'text/css'] as const)
      : name === 'page.js'
        ? ([PAGE_SCRIPT, 'text/javascript'] as const)
        : undefined
  if (file === undefined) return undefined
  const [text, type] = file
  return new Response(text, { headers: { ...SECURITY, 'Content-Type': `${type}; charset=utf-8` } })
}

export function redirectAnswer(to: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...SECURITY, Location: to })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** A button that asks the authenticator and sends what it says to `answerTo`. */
export function ceremonyButton(
  label: string,
  of: { readonly kind: 'create' | 'get'; readonly options: object; readonly answerTo: string },
): string {
  const data = [
    `data-ceremony="${of.kind}"`,
    `data-options="${attribute(JSON.stringify(of.options))}"`,
    `data-answer-to="${attribute(of.answerTo)}"`,
  ].join(' ')
  return `<p><button type="button" ${data}>${escaped(label)}</button></p><p role="status" id="says"></p>`
}

export const paragraph = (text: string): string => `<p>${escaped(text)}</p>`

/** The request, exactly: the canonical form, spread over lines. */
export function requestShown(decision: string, request: string): string {
  const spread = JSON.stringify(JSON.parse(request), null, 2)
  const lines = spread.split('\n').map(escaped).join('\n')
  return `<h2>${escaped(decision)}</h2>\n<pre tabindex="0">${lines}</pre>`
}
