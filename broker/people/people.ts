import type { Json } from '../../graph/index.ts'
import type { Device, Milliseconds } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { canonicalRequest } from './canonical-request.ts'
import {
  loginEvidence,
  presenceEvidence,
  USUAL_FRESHNESS,
  type Evidence,
  type Freshness,
} from './evidence.ts'
import { Login, sessionOf } from './login.ts'
import { PasskeyLeaves } from './passkey-leave.ts'
import type { Site } from './passkeys.ts'
import type { PeopleStore } from './people-store.ts'
import type { Session } from './person.ts'
import { Presence } from './presence.ts'
import { Provider, type ProviderSettings } from './provider.ts'
import { Proximity } from './proximity.ts'

export interface PeopleOptions {
  readonly store: PeopleStore
  readonly devices: DeviceStore
  readonly now: () => Milliseconds
  /** The pages that a browser reaches through the agent: `http://localhost:8440`. */
  readonly desk: Site
  /** The pages that a phone reaches over the network; without it there are no phones. */
  readonly phone?: Site
  readonly provider?: ProviderSettings
  readonly sessionLife?: Milliseconds
  readonly presenceLife?: Milliseconds
}

/** People at this broker: who they are, that they are present, and for what. */
export class People {
  readonly store: PeopleStore
  readonly devices: DeviceStore
  readonly now: () => Milliseconds
  readonly desk: Site
  readonly phone: Site | undefined
  readonly provider: Provider | undefined
  readonly login: Login
  readonly presence: Presence
  readonly leaves: PasskeyLeaves
  readonly proximity: Proximity

  constructor(options: PeopleOptions) {
    const { store, devices, now, desk, phone, provider, sessionLife, presenceLife } = options
    this.store = store
    this.devices = devices
    this.now = now
    this.desk = desk
    this.phone = phone
    this.provider = provider && new Provider(provider, `${desk.origin}/people/callback`)
    const sites = { desk, ...(phone && { phone }) }
    this.login = new Login({
      ...{ store, now, provider: this.provider, desk },
      ...(sessionLife !== undefined && { sessionLife }),
    })
    this.presence = new Presence({
      ...{ store, now, sites },
      ...(presenceLife !== undefined && { life: presenceLife }),
    })
    this.leaves = new PasskeyLeaves({ store, now, sites })
    this.proximity = new Proximity(store, now)
  }

  /** The session of a cookie on this device's link; refuses one that is over, ended, or of another device. */
  session(cookie: string | undefined, device: Device): Session {
    return sessionOf(this.store, cookie, device, this.now())
  }

  /**
   * What is known of a person in a session on a device, for one decision about one request: the context of a policy. A presence
   * that was shown on another device, for another request or decision, or too long ago is not in it.
   */
  evidence(
    who: { readonly session: Session; readonly device: Device },
    about: { readonly decision: string; readonly request: Json },
    fresh: Freshness = USUAL_FRESHNESS,
  ): Evidence {
    const { session, device } = who
    return {
      device: { id: device.id, level: device.level },
      person: session.person,
      login: loginEvidence(session, this.now()),
      ...this.shown(device, about, fresh),
    }
  }

  /**
   * The presences of it alone, for who has no session at hand: a program that speaks over the device's link. Each of them was
   * shown in a session, or on an invited phone.
   */
  shown(
    device: Device,
    about: { readonly decision: string; readonly request: Json },
    fresh: Freshness = USUAL_FRESHNESS,
  ): Pick<Evidence, 'presence' | 'phone' | 'proximity'> {
    const records = this.store
      .presences(device.person, about.decision, canonicalRequest(about.request))
      .filter((each) => each.device.id === device.id)
      .filter((each) => this.store.passkey(each.passkey.id)?.revokedAt === undefined)
    return presenceEvidence(records, fresh, this.now())
  }
}
