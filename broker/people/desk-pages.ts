import type { Device } from '../devices/device.ts'
import { BROWSER_ROOT } from '../protocol/browser-port.ts'
import type { Refusal } from '../refusal.ts'
import { ceremonyButton, escaped, pageAnswer, paragraph, requestShown } from './page.ts'
import type { People } from './people.ts'
import type { Passkey, Session } from './person.ts'
import type { Standing } from './presence.ts'
import { qrSvg } from './qr-code.ts'

/** Path of the desk's pages. */
export const ROOT = BROWSER_ROOT

const link = (to: string, label: string): string =>
  `<p><a class="button" href="${to}">${escaped(label)}</a></p>`
const formButton = (to: string, label: string): string =>
  `<form method="post" action="${to}"><p><button class="quiet">${escaped(label)}</button></p></form>`

export function signInPage(people: People, device: Device): Response {
  const breakGlass = people.store.person(device.person)?.kind === 'break-glass'
  const way = breakGlass
    ? link(`${ROOT}break-glass`, 'Sign in with a passkey')
    : people.login.hasProvider
      ? link(`${ROOT}login`, 'Sign in')
      : paragraph('No identity provider is set at this broker.')
  const says = `This machine is “${device.name}” of ${device.person}.`
  return pageAnswer(ROOT, 'Sign in', paragraph(says) + way)
}

export function confirmPage(code: string): Response {
  return pageAnswer(
    ROOT,
    'One more step on this machine',
    `${paragraph('Give this code to the agent. It is good once, for five minutes.')}
<p class="code">${escaped(code)}</p>
<pre>gomeisa agent confirm ${escaped(code)}</pre>
${paragraph('The agent then opens the last page in this browser. Never give the code to anybody else.')}`,
  )
}

export const breakGlassPage = (options: object, cookies: readonly string[]): Response =>
  pageAnswer(
    ROOT,
    'Break glass',
    paragraph('For administrators, when the identity provider cannot be used. It is recorded.') +
      ceremonyButton('Use my passkey', { kind: 'get', options, answerTo: `${ROOT}break-glass` }),
    { cookies },
  )

export function homePage(people: People, session: Session): Response {
  const passkeys = people.store.passkeys(session.person).filter((each) => each.revokedAt === undefined)
  const hasDesk = passkeys.some((each) => each.place === 'desk')
  const until = new Date(session.endsAt).toISOString().slice(0, 16).replace('T', ' ')
  return pageAnswer(
    ROOT,
    `Signed in as ${session.person}`,
    `${paragraph(`On this machine only, until ${until} UTC.`)}
<h2>Passkeys</h2>
${passkeys.length === 0 ? paragraph('None yet.') : passkeyTable(passkeys)}
${formButton(`${ROOT}add-passkey`, hasDesk ? 'Add a passkey on this machine' : 'Make the first passkey')}
${hasDesk && people.phone !== undefined ? formButton(`${ROOT}add-phone`, 'Invite a phone') : ''}
${formButton(`${ROOT}logout`, 'Sign out')}`,
  )
}

function passkeyTable(passkeys: readonly Passkey[]): string {
  const rows = passkeys.map(({ place, custody, addedAt }) => {
    const where = place === 'phone' ? 'phone' : 'this site'
    const says = custody === 'synced' ? 'may be copied to other devices' : 'says that it stays on one device'
    return `<tr><td>${where}</td><td>${says}</td><td>${new Date(addedAt).toISOString().slice(0, 10)}</td></tr>`
  })
  return `<table><thead><tr><th scope="col">Where</th><th scope="col">Kept</th><th scope="col">Since</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

export const passkeyPage = (
  of: { readonly person: string; readonly options: object },
  leave: string,
): Response =>
  pageAnswer(
    ROOT,
    'Make a passkey',
    paragraph(`For ${of.person}. The browser will ask for a PIN, a fingerprint or a face.`) +
      ceremonyButton('Make the passkey', {
        kind: 'create',
        options: of.options,
        answerTo: `${ROOT}passkey/${encodeURIComponent(leave)}`,
      }),
  )

export const presencePage = ({ decision, request, options }: Standing, id: string): Response =>
  pageAnswer(
    ROOT,
    'Is this what you want?',
    `${paragraph('You agree to exactly this, once. If you did not ask for it, close this page.')}
${requestShown(decision, request)}
${ceremonyButton('Agree', { kind: 'get', options, answerTo: `${ROOT}presence/${encodeURIComponent(id)}` })}`,
  )

/** A question that the phone answers; without one, an invitation of a phone. */
export function phonePage(people: People, question: Standing | undefined, secret: string): Response {
  const origin = people.phone?.origin ?? ''
  const what = question === undefined ? 'join' : 'presence'
  const qr = qrSvg(`${origin}/phone/${what}/${secret}`, 'QR code for the phone')
  if (question === undefined) {
    const says =
      'Scan this with the phone that will hold the second passkey. It is good once, for five minutes.'
    return pageAnswer(ROOT, 'Invite a phone', paragraph(says) + qr)
  }
  return pageAnswer(
    ROOT,
    'Agree on your phone',
    `${paragraph('Scan this with your phone, compare what it shows, and type the number there.')}
${qr}
<p class="code">${people.proximity.code(secret)}</p>
${paragraph('The number changes; load this page again for a new one.')}
${requestShown(question.decision, question.request)}`,
  )
}

export const shownPage = (): Response =>
  pageAnswer(ROOT, 'Done', paragraph('That was recorded. You may close this page.'))

export const refusedPage = (refusal: Refusal): Response =>
  pageAnswer(ROOT, 'No', `${paragraph(refusal.message)}${link(ROOT, 'Back to the beginning')}`, {
    status: refusal.reason === 'session-missing' ? 401 : 403,
  })
