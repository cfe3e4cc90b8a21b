// Kept as text so that the published package needs no second copying step; the pages load both as files of their own.

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1a1c1e; --paper: #fff; --soft: #f1f3f5; --line: #868e96; --key: #0b5cad; --on-key: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9ecef; --paper: #16181b; --soft: #212529; --line: #868e96; --key: #74b8ff; --on-key: #0b1a2a }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.125rem; margin: 1.5rem 0 0.5rem; overflow-wrap: anywhere }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem; margin: 0;
  font: 0.9375rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
button, .button { display: inline-block; font: inherit; font-weight: 600; min-height: 3rem; padding: 0.6rem 1.25rem; border: 0; border-radius: 0.5rem;
  background: var(--key); color: var(--on-key); text-decoration: none; cursor: pointer }
button[disabled] { opacity: 0.6; cursor: default }
button.quiet { background: var(--soft); color: var(--ink); border: 1px solid var(--line) }
:focus-visible { outline: 3px solid var(--key); outline-offset: 2px }
input { font: 1.5rem/1.5 ui-monospace, monospace; letter-spacing: 0.15em; width: 12rem; max-width: 100%; padding: 0.4rem 0.75rem;
  border: 1px solid var(--line); border-radius: 0.5rem; background: var(--paper); color: var(--ink) }
label { display: block; margin: 1rem 0 0.25rem }
code, .code { font-family: ui-monospace, monospace }
.code { font-size: 1.75rem; letter-spacing: 0.1em; margin: 0.5rem 0 }
code { overflow-wrap: anywhere }
svg.qr { width: 16rem; max-width: 100%; height: auto; background: #fff; border-radius: 0.5rem; display: block }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
th, td:last-child { white-space: nowrap }
a { color: var(--key) }
.button { color: var(--on-key) }
`

export const PAGE_SCRIPT = `
'use strict'
for (const button of document.querySelectorAll('button[data-ceremony]')) {
  button.addEventListener('click', async () => {
    const says = document.getElementById('says')
    const { ceremony, options, answerTo } = button.dataset
    button.disabled = true
    says.textContent = ''
    try {
      const read = JSON.parse(options)
      const made =
        ceremony === 'create'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(read) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(read) })
      const code = document.querySelector('input[name=code]')
      const answer = await fetch(answerTo, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ credential: made.toJSON(), ...(code && { code: code.value }) }),
      })
      const body = await answer.json()
      if (answer.ok) location.assign(body.next)
      else says.textContent = body.detail || 'It was refused.'
    } catch (error) {
      says.textContent = error.name === 'NotAllowedError' ? 'Nothing was agreed to.' : 'It did not work: ' + error.message
      button.disabled = false
    }
  })
}
`
