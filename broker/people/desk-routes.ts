import { isObject, own, ownString, type Json } from '../../graph/index.ts'
import { jsonAnswer, jsonBody } from '../gateway/answers.ts'
import type { DeviceRoutes } from '../gateway/device-routes.ts'
import type { Device } from '../devices/device.ts'
import { VIA_BROWSER, VIA_HEADER } from '../protocol/browser-port.ts'
import { demand, Refusal } from '../refusal.ts'
import {
  ATTEMPT_COOKIE,
  attemptCookie,
  cookieOf,
  forgotten,
  SESSION_COOKIE,
  sessionCookie,
} from './cookies.ts'
import {
  breakGlassPage,
  confirmPage,
  homePage,
  passkeyPage,
  phonePage,
  presencePage,
  refusedPage,
  ROOT,
  shownPage,
  signInPage,
} from './desk-pages.ts'
import { fileAnswer, redirectAnswer } from './page.ts'
import type { People } from './people.ts'
import type { Session } from './person.ts'

/** What is agreed to before a person gets another passkey, at the desk or on a phone. */
const ADD_PASSKEY = 'add a passkey'
const CODE = /^[A-Z0-9]{5}-[A-Z0-9]{5}$/

/** The people's pages at the desk, and the agent's part of a login. Every request has come over the link of `peer`'s device. */
export function deskRoutes(people: People): DeviceRoutes {
  return async (request, { device }) => {
    const url = new URL(request.url)
    if (request.method === 'POST' && url.pathname === '/v1/people/confirm') {
      return confirm(people, request, device)
    }
    if (!url.pathname.startsWith(ROOT)) return undefined
    const desk = new Desk(people, request, url, device)
    if (request.method === 'POST') return desk.post()
    if (request.method !== 'GET') return undefined
    try {
      return await desk.get()
    } catch (error) {
      if (error instanceof Refusal) return refusedPage(error)
      throw error
    }
  }
}

/** Over the agent's private socket only: whoever can open that is the user of the machine. */
async function confirm(people: People, request: Request, device: Device): Promise<Response> {
  demand(request.headers.get(VIA_HEADER) === null, 'origin-foreign', 'a browser cannot confirm its own login')
  const body = await jsonBody(request)
  const code = isObject(body) ? ownString(body, 'code') : undefined
  demand(code !== undefined, 'malformed', 'the code is missing')
  const token = people.login.confirm(code, device)
  return jsonAnswer(JSON.stringify({ open: `${people.desk.origin}${ROOT}finish?token=${token}` }))
}

class Desk {
  readonly #people: People
  readonly #request: Request
  readonly #url: URL
  readonly #device: Device

  constructor(people: People, request: Request, url: URL, device: Device) {
    this.#people = people
    this.#request = request
    this.#url = url
    this.#device = device
  }

  async get(): Promise<Response | undefined> {
    const people = this.#people
    const [page, name, ...more] = this.#url.pathname.slice(ROOT.length).split('/')
    if (more.length > 0) return undefined
    const file = name === undefined ? fileAnswer(page ?? '') : undefined
    if (file !== undefined) return file
    if (name !== undefined && name !== '') {
      const session = this.#session()
      switch (page) {
        case 'presence':
          return presencePage(this.#own(session, name), name)
        case 'phone':
          return phonePage(people, this.#own(session, name), name)
        case 'join-phone':
          return phonePage(people, undefined, name)
        default:
          return undefined
      }
    }
    switch (page) {
      case '':
        return this.#home()
      case 'login': {
        const { url, attempt } = await people.login.begin(this.#device)
        return redirectAnswer(url, [attemptCookie(attempt)])
      }
      case 'callback': {
        const attempt = cookieOf(this.#request, ATTEMPT_COOKIE)
        demand(attempt !== undefined, 'session-unknown', 'the login was begun in another browser')
        return confirmPage(await people.login.comeBack(attempt, this.#url.search, this.#device))
      }
      case 'break-glass': {
        const { attempt, options } = people.login.beginBreakGlass(this.#device)
        return breakGlassPage(options, [attemptCookie(attempt)])
      }
      case 'confirm': {
        const code = this.#parameter('code')
        demand(CODE.test(code), 'malformed', 'this is no code of ours')
        return confirmPage(code)
      }
      case 'finish': {
        const attempt = cookieOf(this.#request, ATTEMPT_COOKIE)
        const { cookie } = people.login.finish(this.#parameter('token'), attempt, this.#device)
        return redirectAnswer(ROOT, [sessionCookie(cookie), forgotten(ATTEMPT_COOKIE)])
      }
      case 'passkey': {
        const leave = this.#parameter('leave')
        return passkeyPage(people.leaves.look(leave, 'desk'), leave)
      }
      case 'shown':
        return shownPage()
      default:
        return undefined
    }
  }

  async post(): Promise<Response | undefined> {
    const people = this.#people
    // Another site, or another program on this machine, must not act with this browser's cookies.
    const from = this.#request.headers.get('origin')
    demand(from === people.desk.origin, 'origin-foreign', 'this did not come from a page of ours')
    const [page, name] = this.#url.pathname.slice(ROOT.length).split('/')
    switch (page) {
      case 'logout':
        people.store.endSessions({ hash: this.#session().hash }, 'signed out', people.now())
        return redirectAnswer(ROOT, [forgotten(SESSION_COOKIE)])
      case 'add-passkey':
        return this.#addPasskey('desk')
      case 'add-phone':
        return this.#addPasskey('phone')
      case 'passkey': {
        const made = await people.leaves.use(
          name ?? '',
          'desk',
          await this.#credential(),
          (person) => person === this.#device.person,
        )
        return next(people.store.person(made.person)?.kind === 'break-glass' ? `${ROOT}break-glass` : ROOT)
      }
      case 'break-glass': {
        const attempt = cookieOf(this.#request, ATTEMPT_COOKIE)
        demand(attempt !== undefined, 'session-unknown', 'the login was begun in another browser')
        const code = await people.login.breakGlass(attempt, await this.#credential(), this.#device)
        return next(`${ROOT}confirm?code=${code}`)
      }
      case 'presence':
        return this.#present(name ?? '')
      default:
        return undefined
    }
  }

  #home(): Response {
    const cookie = cookieOf(this.#request, SESSION_COOKIE)
    if (cookie === undefined) return signInPage(this.#people, this.#device)
    try {
      return homePage(this.#people, this.#people.session(cookie, this.#device))
    } catch (error) {
      if (error instanceof Refusal && error.reason === 'session-missing')
        return signInPage(this.#people, this.#device)
      throw error
    }
  }

  /** The first passkey rests on the login; every other one on the presence of one that is there. */
  #addPasskey(place: 'desk' | 'phone'): Response {
    const people = this.#people
    const { person } = this.#session()
    const has = people.store
      .passkeys(person)
      .some((each) => each.place === 'desk' && each.revokedAt === undefined)
    if (!has) {
      demand(place === 'desk', 'passkey-unknown', 'make a passkey on this machine first')
      return redirectAnswer(`${ROOT}passkey?leave=${people.leaves.give(person, place)}`)
    }
    const asked = { person, device: this.#device, place: 'desk', decision: ADD_PASSKEY } as const
    const { id } = people.presence.ask({ ...asked, request: { person, place } })
    return redirectAnswer(`${ROOT}presence/${id}`)
  }

  async #present(id: string): Promise<Response> {
    const people = this.#people
    const session = this.#session()
    const record = await people.presence.answer(
      id,
      await this.#credential(),
      ({ person, device, place }) =>
        place === 'desk' && person === session.person && device === session.device,
    )
    if (record.decision !== ADD_PASSKEY) return next(`${ROOT}shown`)
    const request = JSON.parse(record.request) as Json
    const place = isObject(request) && own(request, 'place') === 'phone' ? 'phone' : 'desk'
    const leave = people.leaves.give(record.person, place)
    return next(place === 'desk' ? `${ROOT}passkey?leave=${leave}` : `${ROOT}join-phone/${leave}`)
  }

  #session(): Session {
    return this.#people.session(cookieOf(this.#request, SESSION_COOKIE), this.#device)
  }

  #own(session: Session, id: string) {
    const standing = this.#people.presence.look(id)
    const mine = standing.person === session.person && standing.device === session.device
    demand(mine, 'person-other', 'somebody else was asked')
    return standing
  }

  #parameter(name: string): string {
    const value = this.#url.searchParams.get(name)
    demand(value !== null && value !== '', 'malformed', 'the address is not complete')
    return value
  }

  async #credential(): Promise<Json> {
    demand(
      this.#request.headers.get(VIA_HEADER) === VIA_BROWSER,
      'origin-foreign',
      'this comes from no browser',
    )
    return credentialIn(await jsonBody(this.#request))
  }
}

/** The passkey's answer in a body of ours. */
export function credentialIn(body: unknown): Json {
  const credential = isObject(body) ? own(body, 'credential') : undefined
  demand(isObject(credential), 'malformed', 'the answer of the passkey is missing')
  return credential
}

export const next = (to: string): Response => jsonAnswer(JSON.stringify({ next: to }))
