import { createHash } from 'node:crypto'
import type { Json } from '../../graph/index.ts'
import type { Milliseconds } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'
import { keepOnce, lookAtOnce, takeOnce } from './once.ts'
import { creationOptions, madePasskey, type Site } from './passkeys.ts'
import type { PeopleStore } from './people-store.ts'
import type { Passkey, Place } from './person.ts'

export interface PasskeyLeavesOptions {
  readonly store: PeopleStore
  readonly now: () => Milliseconds
  readonly sites: Readonly<Partial<Record<Place, Site>>>
}

/** For somebody who sits in front of it; the operator's own are longer. */
const LIFE: Milliseconds = 300_000

/** Leave to make one passkey, once: whoever has the secret, at the place that it is for. */
export class PasskeyLeaves {
  readonly #options: PasskeyLeavesOptions

  constructor(options: PasskeyLeavesOptions) {
    this.#options = options
  }

  /** The secret of a new leave. */
  give(person: string, place: Place): string {
    const { store, now } = this.#options
    this.#site(place)
    return keepOnce(store, 'passkey-leave', { person, place }, now() + LIFE)
  }

  /** Whose it is, and what the browser needs. */
  look(secret: string, place: Place): { readonly person: string; readonly options: object } {
    const { store, now } = this.#options
    const fields = lookAtOnce(store, 'passkey-leave', secret, now())
    demand(fields.text('place') === place, 'session-unknown', 'this is for another place')
    const person = fields.text('person')
    const known = store.passkeys(person).filter((each) => each.revokedAt === undefined)
    const handle = createHash('sha256').update(`gomeisa person v1\n${person}\n`).digest()
    return { person, options: creationOptions(this.#site(place), challengeOf(secret), person, handle, known) }
  }

  /** Takes the passkey that the browser made; the leave is spent, whatever comes of it. */
  async use(
    secret: string,
    place: Place,
    answer: Json,
    allowed: (person: string) => boolean,
  ): Promise<Passkey> {
    const { store, now } = this.#options
    const fields = takeOnce(store, 'passkey-leave', secret, now())
    demand(fields.text('place') === place, 'session-unknown', 'this is for another place')
    const person = fields.text('person')
    demand(allowed(person), 'person-other', 'this is for somebody else')
    const about = { site: this.#site(place), challenge: challengeOf(secret), person, place }
    const passkey = await madePasskey(answer, about, now())
    demand(store.addPasskey(passkey), 'passkey-invalid', 'the passkey is known already')
    return passkey
  }

  #site(place: Place): Site {
    const site = this.#options.sites[place]
    if (site === undefined) throw new Refusal('passkey-unknown', `there is no ${place} here`)
    return site
  }
}

const challengeOf = (secret: string): Buffer =>
  createHash('sha256').update(`gomeisa passkey v1\n${secret}\n`).digest()
