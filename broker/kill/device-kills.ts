import { GomeisaError } from '../../graph/index.ts'
import type { Device } from '../devices/device.ts'
import type { Offer } from '../requests/offer.ts'
import { demand, Refusal } from '../refusal.ts'
import type { KillAim, KillReport } from './kill-report.ts'
import type { Kills } from './kills.ts'

/** Kills over the link of a device: everybody their own, and those whom the operator names anybody's. */
export class DeviceKills {
  readonly #kills: Kills
  readonly #offer: Offer

  constructor(kills: Kills, offer: Offer) {
    this.#kills = kills
    this.#offer = offer
  }

  async order(device: Device, aim: KillAim, reason: string): Promise<KillReport> {
    const may = this.#offer.mayKill(device.person)
    try {
      const { aim: found, person } = await this.#kills.aim(aim)
      demand(may || person === device.person, 'kill-denied', NOT_YOURS)
      return await this.#kills.order(found, reason, device.person)
    } catch (error) {
      throw told(error, may)
    }
  }

  /** For who ordered it, and for those who may kill anybody. */
  async report(device: Device, id: number): Promise<KillReport> {
    const may = this.#offer.mayKill(device.person)
    try {
      const report = await this.#kills.report(id)
      demand(may || report.by === device.person, 'kill-unknown', 'you ordered no such kill')
      return report
    } catch (error) {
      throw error instanceof Refusal || may
        ? told(error, true)
        : new Refusal('kill-unknown', 'you ordered no such kill')
    }
  }
}

const NOT_YOURS = 'you may kill your own person, devices and grants only'

/** Who may kill only what is theirs is not told what else there is. */
function told(error: unknown, may: boolean): unknown {
  if (!(error instanceof GomeisaError) || error instanceof Refusal) return error
  if (error.code !== 'NOT_FOUND' && error.code !== 'USAGE') return error
  if (!may) return new Refusal('kill-denied', NOT_YOURS)
  return new Refusal(error.code === 'USAGE' ? 'malformed' : 'kill-unknown', error.message)
}
