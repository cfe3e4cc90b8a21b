import { NO_EVIDENCE, type Evidence, type Presence } from '../../policies/index.ts'
import type { Device } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { inGoodStanding } from '../devices/standing.ts'
import type { Freshness, PresenceEvidence } from '../people/evidence.ts'
import type { People } from '../people/people.ts'
import type { Matter } from './request.ts'

/** Where a person shows what is still missing. */
export interface Prompt {
  /** Address of a page, for the browser of the person's machine. */
  readonly open: string
  readonly expiresAt: number
}

export interface Shown {
  readonly evidence: Evidence
  /** The presence at the desk that is in it. */
  readonly record: string | undefined
}

/** What requests need of devices and people. Throws a refusal for a device that may not be used now. */
export interface EvidenceSource {
  /** The device, if it may be used now. */
  device(id: string): Device
  /** What is shown on a device by its person for a matter, not older than told; approvals are not in it. */
  shown(device: Device, matter: Matter, fresh: Freshness): Shown
  prompt(device: Device, matter: Matter, place: 'desk' | 'phone', least: Presence): Prompt | undefined
}

const presenceOf = (shown: PresenceEvidence | undefined): Presence => {
  if (shown === undefined) return 'none'
  return shown.kind === 'touch' ? 'touch' : 'verified'
}

/** Evidence of devices and people as policies read it. Without people there is no presence: only the device's level. */
export class VerifiedEvidence implements EvidenceSource {
  readonly #devices: DeviceStore
  readonly #people: People | undefined
  readonly #now: () => number

  constructor(devices: DeviceStore, people: People | undefined, now: () => number) {
    this.#devices = devices
    this.#people = people
    this.#now = now
  }

  device(id: string): Device {
    return inGoodStanding(this.#devices, id, this.#now())
  }

  shown(device: Device, matter: Matter, fresh: Freshness): Shown {
    const { presence, phone, proximity } = this.#people?.shown(device, matter, fresh) ?? {}
    const evidence: Evidence = {
      ...NO_EVIDENCE,
      device: device.level,
      presence: presenceOf(presence),
      // A phone's touch alone is not a confirmation by its owner.
      phone: phone?.kind === 'pin-or-biometric',
      proximity: proximity !== undefined && phone?.kind === 'pin-or-biometric',
    }
    return { evidence, record: presence?.record }
  }

  prompt(device: Device, matter: Matter, place: 'desk' | 'phone', least: Presence): Prompt | undefined {
    const people = this.#people
    if (people === undefined || (place === 'phone' && people.phone === undefined)) return undefined
    const verification = least === 'touch' && place === 'desk' ? 'touch' : 'pin-or-biometric'
    const { id, expiresAt } = people.presence.ask({
      ...{ person: device.person, device, place, least: verification },
      ...matter,
    })
    const page = place === 'desk' ? 'presence' : 'phone'
    return { open: `${people.desk.origin}/people/${page}/${id}`, expiresAt }
  }
}
