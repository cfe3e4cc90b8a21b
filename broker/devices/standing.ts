import { meets } from '../protocol/identity.ts'
import { Refusal } from '../refusal.ts'
import type { Device, Milliseconds } from './device.ts'
import type { DeviceStore } from './device-store.ts'

/**
 * The device, if it may be used now; otherwise refuses. Asked on every connection, request, token and renewal, so that a
 * lock, a revocation or a new judgement holds at once.
 */
export function inGoodStanding(store: DeviceStore, id: string, now: Milliseconds): Device {
  const device = store.device(id)
  if (device === undefined) throw new Refusal('device-unknown', 'the device is not enrolled here')
  if (device.revokedAt !== undefined) {
    throw new Refusal(
      'device-revoked',
      `the device was revoked: ${device.revokedBecause ?? 'no reason given'}`,
    )
  }
  const lock =
    store.activeLock({ kind: 'device', id }, now) ??
    store.activeLock({ kind: 'person', id: device.person }, now)
  if (lock !== undefined) {
    const until =
      lock.until === undefined ? 'until it is lifted' : `until ${new Date(lock.until).toISOString()}`
    throw new Refusal('locked', `the ${lock.target.kind} is locked ${until}: ${lock.reason}`)
  }
  if (!meets(device.level, device.atLeast)) {
    throw new Refusal(
      'device-distrusted',
      `the device is now judged \`${device.level}\` and was let in as \`${device.atLeast}\` at least`,
      { remedy: "trust its manufacturer's root again, or enrol it with a lower level" },
    )
  }
  return device
}
