import { createHash, randomInt } from 'node:crypto'
import type { Json } from '../../graph/index.ts'
import type { Device, Milliseconds } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'
import { hashOf, keepOnce, newSecret, takeOnce } from './once.ts'
import { credentialOf, requestOptions, usedPasskey, type Site } from './passkeys.ts'
import type { PeopleStore } from './people-store.ts'
import type { Session } from './person.ts'
import type { Provider } from './provider.ts'

export interface LoginOptions {
  readonly store: PeopleStore
  readonly now: () => Milliseconds
  readonly provider: Provider | undefined
  readonly desk: Site
  /** How long a session lasts (default: eight hours). */
  readonly sessionLife?: Milliseconds
}

/** A browser that was told something new. */
export interface Begun {
  /** Secret of the attempt, for a cookie. */
  readonly attempt: string
}

const ATTEMPT_LIFE: Milliseconds = 300_000
const SESSION_LIFE: Milliseconds = 8 * 3_600_000
/** No vowels and no look-alikes: 10 characters have 46 bits, and each is good for one try on one device. */
const LETTERS = 'BCDFGHJKMNPQRTVWXYZ2346789'
const CODE_LENGTH = 10

/**
 * A login in three steps, each good once and for five minutes. (1) The browser, which reaches us only through the agent of a
 * device, logs in at the provider or with a break-glass passkey, and is shown a code. (2) The person gives the code to the
 * agent over its private socket: the one at the browser is the one at the machine, and the machine is theirs. (3) The agent gives the
 * browser a second token, which must arrive together with the cookie of the first step. Only then there is a session, and it is
 * good on that device's link alone.
 */
export class Login {
  readonly #options: LoginOptions

  constructor(options: LoginOptions) {
    this.#options = options
  }

  get hasProvider(): boolean {
    return this.#options.provider !== undefined
  }

  /** Step 1 with the provider: where to send the browser. */
  async begin(device: Device): Promise<Begun & { readonly url: string }> {
    const { store, now, provider } = this.#options
    if (provider === undefined) throw new Refusal('login-failed', 'no identity provider is set here')
    const { url, state, nonce, verifier } = await provider.begin()
    const fields = { device: device.id, state, nonce, verifier }
    return { url, attempt: keepOnce(store, 'login', fields, now() + ATTEMPT_LIFE) }
  }

  /** The browser is back from the provider: the code for step 2. */
  async comeBack(attempt: string, query: string, device: Device): Promise<string> {
    const { store, now, provider } = this.#options
    const start = takeOnce(store, 'login', attempt, now())
    demand(start.text('device') === device.id, 'session-elsewhere', 'the login was begun on another device')
    if (provider === undefined) throw new Refusal('login-failed', 'no identity provider is set here')
    const { person, subject, sid, acr } = await provider.finish(query, {
      state: start.text('state'),
      nonce: start.text('nonce'),
      verifier: start.text('verifier'),
    })
    demand(person === device.person, 'person-other', 'this device is another person’s')
    const known = store.addPerson({ name: person, kind: 'member', subject, addedAt: now() }, person)
    demand(known.kind === 'member', 'person-other', 'a break-glass administrator comes in by passkey only')
    demand(
      store.pinSubject(person, subject, now()),
      'person-other',
      'that name was somebody else at the provider',
    )
    return this.#askToConfirm(attempt, device, {
      ...{ login: 'provider', person, subject },
      ...(sid !== undefined && { sid }),
      ...(acr !== undefined && { acr }),
    })
  }

  /** Step 1 without the provider: what a break-glass administrator's browser signs. */
  beginBreakGlass(device: Device): Begun & { readonly options: object } {
    const { store, now, desk } = this.#options
    const attempt = keepOnce(store, 'break-glass', { device: device.id }, now() + ATTEMPT_LIFE)
    const options = requestOptions(
      desk,
      breakGlassChallenge(attempt),
      this.#breakGlassKeys(device),
      'pin-or-biometric',
    )
    return { attempt, options }
  }

  async breakGlass(attempt: string, answer: Json, device: Device): Promise<string> {
    const { store, now, desk } = this.#options
    const start = takeOnce(store, 'break-glass', attempt, now())
    demand(start.text('device') === device.id, 'session-elsewhere', 'the login was begun on another device')
    const named = credentialOf(answer)
    const passkey = this.#breakGlassKeys(device).find((each) => each.id === named)
    demand(passkey !== undefined, 'passkey-unknown', 'this is no passkey of a break-glass administrator')
    const about = { site: desk, challenge: breakGlassChallenge(attempt), passkey }
    const { counter } = await usedPasskey(answer, { ...about, least: 'pin-or-biometric' }).catch(
      (error: unknown) => {
        if (error instanceof Refusal && error.reason === 'counter-back') {
          store.revokePasskey(passkey.id, 'its counter went back: there may be a copy', {
            by: 'broker',
            at: now(),
          })
        }
        throw error
      },
    )
    const counted = store.countPasskey(passkey.id, passkey.counter, counter)
    demand(counted, 'counter-back', 'the passkey was used elsewhere at the same moment')
    return this.#askToConfirm(attempt, device, { login: 'break-glass', person: device.person })
  }

  /** Step 2, from the agent's private socket: the second token. */
  confirm(code: string, device: Device): string {
    const { store, now } = this.#options
    const plain = code.toUpperCase().replaceAll(/[\s-]/g, '')
    const fields = takeOnce(store, 'confirm', plain, now())
    demand(fields.text('device') === device.id, 'session-elsewhere', 'the login was begun on another device')
    return keepOnce(store, 'finish', fields.all(), now() + ATTEMPT_LIFE)
  }

  /** Step 3: the secret of a new session, for a cookie. */
  finish(token: string, attempt: string | undefined, device: Device): { cookie: string; session: Session } {
    const { store, now, sessionLife = SESSION_LIFE } = this.#options
    const fields = takeOnce(store, 'finish', token, now())
    demand(
      attempt !== undefined && fields.text('attempt') === hashOf(attempt),
      'session-elsewhere',
      'the login was begun in another browser',
    )
    demand(fields.text('device') === device.id, 'session-elsewhere', 'the login was begun on another device')
    const cookie = newSecret()
    const session: Session = {
      hash: hashOf(cookie),
      person: fields.text('person'),
      device: device.id,
      login: fields.text('login') === 'break-glass' ? 'break-glass' : 'provider',
      subject: fields.optional('subject'),
      sid: fields.optional('sid'),
      acr: fields.optional('acr'),
      begunAt: now(),
      endsAt: now() + sessionLife,
      endedAt: undefined,
      endedBecause: undefined,
    }
    store.addSession(session)
    return { cookie, session }
  }

  #askToConfirm(attempt: string, device: Device, who: Readonly<Record<string, string>>): string {
    const { store, now } = this.#options
    const code = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join('')
    const fields = { ...who, device: device.id, attempt: hashOf(attempt) }
    keepOnce(store, 'confirm', fields, now() + ATTEMPT_LIFE, code)
    return `${code.slice(0, 5)}-${code.slice(5)}`
  }

  #breakGlassKeys(device: Device) {
    const { store, desk } = this.#options
    if (store.person(device.person)?.kind !== 'break-glass') {
      throw new Refusal('person-other', 'this device is not of a break-glass administrator')
    }
    return store
      .passkeys(device.person)
      .filter(
        ({ place, rpId, revokedAt }) => place === 'desk' && rpId === desk.rpId && revokedAt === undefined,
      )
  }
}

const breakGlassChallenge = (attempt: string): Buffer =>
  createHash('sha256').update(`gomeisa break-glass login v1\n${attempt}\n`).digest()

/** The session of a cookie, if it is good on this device's link now; otherwise refuses. */
export function sessionOf(
  store: PeopleStore,
  cookie: string | undefined,
  device: Device,
  now: Milliseconds,
): Session {
  const session = cookie === undefined ? undefined : store.session(hashOf(cookie))
  demand(session !== undefined, 'session-missing', 'you are not signed in here')
  demand(
    session.device === device.id && session.person === device.person,
    'session-elsewhere',
    'this session belongs to another device',
  )
  demand(session.endedAt === undefined, 'session-missing', 'the session was ended')
  demand(session.endsAt > now, 'session-missing', 'the session is over')
  return session
}
