/** Pages that must stand without the built UI and without a session: no script, one small stylesheet. */

export const PLAIN_STYLE_PATH = '/plain.css'

export const PLAIN_STYLE = `:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: light-dark(#f6f7f9, #0d0f14); color: light-dark(#14171f, #e8eaf0); }
main { max-width: 34rem; padding: 2rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .75rem; }
p { margin: 0 0 .75rem; color: light-dark(#4a5160, #a9b0bf); }
code { font: .9em ui-monospace, monospace; padding: .1em .35em; border-radius: 4px;
  background: light-dark(#e9ecf1, #1f2430); color: light-dark(#14171f, #e8eaf0); }
a { color: light-dark(#3450c8, #9db2ff); }
`

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${title} – Gomeisa</title><link rel="stylesheet" href="${PLAIN_STYLE_PATH}"></head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`
}

export const SIGN_IN_PAGE = page(
  'This browser is not signed in',
  `<p>Gomeisa shows who can do what in your clouds, so it opens only for the browser that used the link printed in
the terminal. That link works once.</p>
<p>Go to the terminal, stop the server with <code>Ctrl</code>+<code>C</code>, start it again, and open the new link it
prints. If you have just done that, copy the whole link, including <code>?token=</code> and what follows.</p>`,
)

export const NOT_BUILT_PAGE = page(
  'The pages are not built yet',
  `<p>The server runs, but the browser part has not been built. In the clone, run <code>npm run build:ui</code> and
start the server again.</p>`,
)

/**
 * Goes on to `/` by itself. For a link that was followed from another site: a browser leaves a SameSite=Strict cookie
 * out of the redirect of such a navigation, but sends it with one that this page starts.
 */
export const SIGNED_IN_PAGE = page(
  'Signed in',
  '<p><a href="/">Open Gomeisa</a></p>',
  '<meta http-equiv="refresh" content="0; url=/">',
)
