import { randomUUID } from 'node:crypto'
import type { Json } from '../../graph/index.ts'
import type { Device, Milliseconds } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'
import { canonicalRequest } from './canonical-request.ts'
import { keepOnce, lookAtOnce, newSecret, takeOnce, type OnceFields } from './once.ts'
import { credentialOf, requestOptions, usedPasskey, type Site } from './passkeys.ts'
import type { PeopleStore } from './people-store.ts'
import type { Passkey, Place } from './person.ts'
import { presenceChallenge } from './presence-challenge.ts'
import type { PresenceRecord, ProximityRecord, Verification } from './presence-record.ts'

export interface PresenceOptions {
  readonly store: PeopleStore
  readonly now: () => Milliseconds
  /** Where each place's pages are; without a site there is no such place. */
  readonly sites: Readonly<Partial<Record<Place, Site>>>
  /** How long a question stands (default: two minutes). */
  readonly life?: Milliseconds
}

/** What a person is asked to agree to. */
export interface Question {
  readonly person: string
  readonly device: Pick<Device, 'id' | 'level'>
  readonly place: Place
  /** Names the decision, one kind of it: `elevate 4711`. One line. */
  readonly decision: string
  readonly request: Json
  readonly least?: Verification
}

/** A question as it stands: what the page shows, and what the browser signs. */
export interface Standing {
  readonly person: string
  readonly device: string
  readonly place: Place
  readonly decision: string
  /** RFC 8785. */
  readonly request: string
  readonly least: Verification
  readonly options: object
}

const LIFE: Milliseconds = 120_000
const ONE_LINE = /^[^\p{C}]{1,200}$/u

/** Step-up presence: one question, one answer, for one exact request. */
export class Presence {
  readonly #options: PresenceOptions

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  /** Asks; gives the secret by which the question is named in addresses. */
  ask(question: Question): { readonly id: string; readonly expiresAt: Milliseconds } {
    const { store, now, life = LIFE } = this.#options
    const { person, device, place, decision, least = 'pin-or-biometric' } = question
    demand(ONE_LINE.test(decision), 'malformed', 'the decision has no name of one line')
    this.#site(place)
    const [askedAt, expiresAt] = [now(), now() + life]
    const fields = {
      ...{ person, device: device.id, level: device.level, place, decision, least },
      request: canonicalRequest(question.request),
      nonce: newSecret(),
      askedAt: String(askedAt),
      expiresAt: String(expiresAt),
    }
    return { id: keepOnce(store, 'presence', fields, expiresAt), expiresAt }
  }

  /** The question by its name; refuses when it cannot be answered any more. */
  look(id: string): Standing {
    const { store, now } = this.#options
    const of = asked(lookAtOnce(store, 'presence', id, now()))
    const known = this.#usable(of.person, of.place)
    const options = requestOptions(this.#site(of.place), presenceChallenge(of), known, of.least)
    const { person, device, place, decision, request, least } = of
    return { person, device: device.id, place, decision, request, least, options }
  }

  /**
   * Takes the browser's answer. The question is spent, whatever comes of it. `allowed` says whether who answers may: it is given
   * the question before anything is verified.
   */
  async answer(
    id: string,
    answer: Json,
    allowed: (question: Pick<Standing, 'person' | 'device' | 'place'>) => boolean,
    proximity?: ProximityRecord,
  ): Promise<PresenceRecord> {
    const { store, now } = this.#options
    const of = asked(takeOnce(store, 'presence', id, now()))
    const { person, place, device } = of
    demand(allowed({ person, place, device: device.id }), 'person-other', 'somebody else was asked')
    const named = credentialOf(answer)
    const passkey = this.#usable(person, place).find((each) => each.id === named)
    demand(passkey !== undefined, 'passkey-unknown', 'this is no passkey of the person who was asked')
    const site = this.#site(place)
    const about = { site, challenge: presenceChallenge(of), passkey, least: of.least }
    const shown = await usedPasskey(answer, about).catch((error: unknown) => {
      this.#distrust(passkey, error)
      throw error
    })
    const { authenticatorData, clientData, signature } = shown
    const { id: key, algorithm, custody, counter } = passkey
    const { decision, request, nonce, least, askedAt, expiresAt } = of
    const record: PresenceRecord = {
      version: 1,
      id: randomUUID(),
      ...{ person, decision, request, nonce, place, asked: least, device },
      passkey: { id: key, spki: passkey.spki.toString('base64url'), algorithm, custody, counter },
      rpId: site.rpId,
      origin: site.origin,
      ...{ authenticatorData, clientData, signature },
      proximity,
      ...{ askedAt, expiresAt, shownAt: now() },
    }
    demand(store.addPresence(record), 'counter-back', 'the passkey was used elsewhere at the same moment')
    return record
  }

  /** A counter that went back means two copies, and nobody can tell which is the person's: neither is good any more. */
  #distrust(passkey: Passkey, error: unknown): void {
    if (!(error instanceof Refusal) || error.reason !== 'counter-back') return
    const { store, now } = this.#options
    store.revokePasskey(passkey.id, 'its counter went back: there may be a copy', { by: 'broker', at: now() })
  }

  #usable(person: string, place: Place): readonly Passkey[] {
    const { rpId } = this.#site(place)
    const all = this.#options.store.passkeys(person)
    return all.filter((each) => each.place === place && each.rpId === rpId && each.revokedAt === undefined)
  }

  #site(place: Place): Site {
    const site = this.#options.sites[place]
    if (site === undefined) throw new Refusal('passkey-unknown', `there is no ${place} here`)
    return site
  }
}

function asked(fields: OnceFields) {
  const place: Place = fields.text('place') === 'phone' ? 'phone' : 'desk'
  const least: Verification = fields.text('least') === 'touch' ? 'touch' : 'pin-or-biometric'
  const level = fields.text('level') as Device['level']
  return {
    ...{ place, least, person: fields.text('person'), device: { id: fields.text('device'), level } },
    decision: fields.text('decision'),
    request: fields.text('request'),
    nonce: fields.text('nonce'),
    askedAt: fields.time('askedAt'),
    expiresAt: fields.time('expiresAt'),
  }
}
