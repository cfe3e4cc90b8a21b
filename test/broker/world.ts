import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { Authority } from '../../broker/devices/authority.ts'
import { fileAuthorityKey } from '../../broker/devices/authority-key.ts'
import type { DeviceStore } from '../../broker/devices/device-store.ts'
import { Enrolment } from '../../broker/devices/enrolment.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import { newTokenSecret, tokenHash } from '../../broker/protocol/enrolment-token.ts'
import type { AttestationLevel } from '../../broker/protocol/identity.ts'
import { Refusal, type RefusalReason } from '../../broker/refusal.ts'

export const HOUR = 3_600_000

export { obtain, softwareKey, softwareKeyOf, type SoftwareKey } from './software-key.ts'

/** A broker without ports, whose clock the test moves. */
export interface World {
  readonly folder: string
  readonly store: DeviceStore
  readonly authority: Authority
  readonly enrolment: Enrolment
  readonly clock: { now: number }
  leave(options?: { person?: string; name?: string; atLeast?: AttestationLevel }): string
}

export async function world(
  options: { certificateLife?: number; enrolmentLife?: number } = {},
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'gomeisa-broker-'))
  const store = openDeviceStore(join(folder, 'broker.db'))
  afterAll(() => {
    try {
      store.close()
    } catch {
      // A test may have closed it.
    }
    rmSync(folder, { recursive: true, force: true })
  })
  const clock = movable()
  const now = () => clock.now
  const authority = await Authority.open(
    fileAuthorityKey(join(folder, 'authority.key')),
    undefined,
    clock.now,
  )
  const enrolment = new Enrolment({ store, authority, now, ...options })
  return {
    folder,
    store,
    authority,
    enrolment,
    clock,
    leave: ({ person = 'ana@example.com', name = 'laptop', atLeast = 'software' } = {}) => {
      const secret = newTokenSecret()
      const expiresAt = clock.now + HOUR
      store.addLeave(
        { tokenHash: tokenHash(secret), person, deviceName: name, atLeast, expiresAt },
        { by: 'op', at: 0 },
      )
      return secret
    },
  }
}

/** The real time, which can be set forward and back. */
function movable(): { now: number } {
  let offset = 0
  return {
    get now() {
      return Date.now() + offset
    },
    set now(value) {
      offset = value - Date.now()
    },
  }
}

/** The reason of the refusal that `work` ends in; fails when it ends in anything else. */
export async function refusalOf(work: () => unknown): Promise<RefusalReason> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
  throw new Error('was not refused')
}
