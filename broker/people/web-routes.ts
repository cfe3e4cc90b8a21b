import { isObject, ownString } from '../../graph/index.ts'
import { inGoodStanding } from '../devices/standing.ts'
import { jsonAnswer, jsonBody, refusalAnswer, textBody } from '../gateway/answers.ts'
import { demand, Refusal } from '../refusal.ts'
import { credentialIn, next } from './desk-routes.ts'
import { ceremonyButton, fileAnswer, pageAnswer, paragraph, requestShown } from './page.ts'
import type { People } from './people.ts'

const ROOT = '/phone/'
const LONGEST_LOGOUT = 16_384

/**
 * What is reached without a device: the phone's pages, and the provider's announcement of a logout. A phone is known by its passkey
 * alone; what it is asked is named by a secret that it read from the desk's screen.
 */
export function webRoutes(
  people: People,
  report?: (bug: unknown) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    try {
      if (request.method === 'POST' && url.pathname === '/backchannel-logout')
        return await logout(people, request)
      const site = people.phone
      if (site !== undefined && url.pathname.startsWith(ROOT)) {
        const [page = '', secret, ...more] = url.pathname.slice(ROOT.length).split('/')
        const file = secret === undefined ? fileAnswer(page) : undefined
        if (file !== undefined) return file
        if (secret !== undefined && more.length === 0) {
          if (request.method === 'GET') return phonePage(people, page, secret)
          if (request.method === 'POST') {
            demand(request.headers.get('origin') === site.origin, 'origin-foreign', 'this is no page of ours')
            return await answered(people, page, secret, await jsonBody(request))
          }
        }
      }
      return jsonAnswer('{"type":"about:blank","status":404}', 404)
    } catch (error) {
      if (!(error instanceof Refusal)) report?.(error)
      if (!(error instanceof Refusal) || request.method !== 'GET') return refusalAnswer(error)
      return pageAnswer(ROOT, 'No', paragraph(error.message), { status: 403 })
    }
  }
}

function phonePage(people: People, page: string, secret: string): Response {
  const answerTo = `${ROOT}${page}/${encodeURIComponent(secret)}`
  switch (page) {
    case 'join': {
      const { person, options } = people.leaves.look(secret, 'phone')
      notLocked(people, person)
      const says = `This phone will be able to agree to what ${person} asks for at the desk.`
      const button = ceremonyButton('Make a passkey on this phone', { kind: 'create', options, answerTo })
      return pageAnswer(ROOT, 'Your phone', paragraph(says) + button)
    }
    case 'presence': {
      const { person, place, device, decision, request, options } = people.presence.look(secret)
      demand(place === 'phone', 'session-unknown', 'this is not for a phone')
      const { name } = inGoodStanding(people.devices, device, people.now())
      return pageAnswer(
        ROOT,
        'Is this what you want?',
        `${paragraph(`Asked for by ${person} on “${name}”. If that is not you, close this page.`)}
${requestShown(decision, request)}
<label for="code">Number on the other screen</label>
<input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="7">
${ceremonyButton('Agree', { kind: 'get', options, answerTo })}`,
      )
    }
    case 'done':
      return pageAnswer(ROOT, 'Done', paragraph('That was recorded. You may close this page.'))
    default:
      throw new Refusal('session-unknown', 'this is unknown here')
  }
}

async function answered(people: People, page: string, secret: string, body: unknown): Promise<Response> {
  const credential = credentialIn(body)
  if (page === 'join') {
    await people.leaves.use(secret, 'phone', credential, (person) => {
      notLocked(people, person)
      return true
    })
    return next(`${ROOT}done/joined`)
  }
  demand(page === 'presence', 'session-unknown', 'this is unknown here')
  const typed = (isObject(body) ? ownString(body, 'code') : undefined) ?? ''
  const proximity = typed.trim() === '' ? undefined : people.proximity.check(secret, typed)
  const allowed = (question: { place: string; device: string }) => {
    inGoodStanding(people.devices, question.device, people.now())
    return question.place === 'phone'
  }
  await people.presence.answer(secret, credential, allowed, proximity)
  return next(`${ROOT}done/shown`)
}

function notLocked(people: People, person: string): void {
  const lock = people.devices.activeLock({ kind: 'person', id: person }, people.now())
  if (lock !== undefined) throw new Refusal('locked', `the person is locked: ${lock.reason}`)
}

/** OpenID Connect Back-Channel Logout 1.0, section 2.5: a form with one field. */
async function logout(people: People, request: Request): Promise<Response> {
  const { provider, store, now } = people
  demand(provider !== undefined, 'login-failed', 'no identity provider is set here')
  const token = new URLSearchParams(await textBody(request, LONGEST_LOGOUT)).get('logout_token')
  demand(token !== null, 'malformed', 'there is no logout token')
  const { subject, sid, issuedAt } = await provider.logout(token, now())
  // The token's time has whole seconds: what began within that second ends too.
  const choice = { subject, begunBefore: issuedAt + 1_000, ...(sid !== undefined && { sid }) }
  store.endSessions(choice, 'ended by the identity provider', now())
  return new Response(null, { status: 200, headers: { 'Cache-Control': 'no-store' } })
}
