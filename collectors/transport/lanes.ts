import type { Lane } from './crawl.ts'
import { Pace } from './pace.ts'
import type { PageCall } from './page-call.ts'

/** What a quota allows: starts a minute, and calls at once. */
export interface Quota {
  readonly perMinute: number
  readonly atOnce: number
}

/** The quotas that calls draw on, each by its name and with the pace of all that draw on it. */
export class Lanes<Call extends PageCall> {
  private readonly lanes = new Map<string, Lane>()
  private readonly quota: (call: Call) => Quota

  constructor(quota: (call: Call) => Quota) {
    this.quota = quota
  }

  of(call: Call): Lane {
    const known = this.lanes.get(call.lane)
    if (known !== undefined) return known
    const { perMinute, atOnce } = this.quota(call)
    const made = { pace: new Pace(perMinute), atOnce }
    this.lanes.set(call.lane, made)
    return made
  }

  /** Seconds that those who wait now will have to wait at least. */
  secondsLeft(): number {
    return Math.max(0, ...[...this.lanes.values()].map(({ pace }) => pace.secondsLeft()))
  }
}
