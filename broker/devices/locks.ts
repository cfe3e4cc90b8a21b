import { randomUUID } from 'node:crypto'
import type { Lock, LockTarget, Milliseconds } from './device.ts'
import type { DeviceStore } from './device-store.ts'

/**
 * Locks a device or a person: durable when it returns. From then on connections, requests, tokens and renewals are refused;
 * a running broker closes live sockets as soon as it sees the ledger change.
 */
export function lock(
  store: DeviceStore,
  target: LockTarget,
  about: { readonly reason: string; readonly by: string; readonly until?: Milliseconds | undefined },
  now: Milliseconds,
): Lock {
  const made: Lock = {
    id: randomUUID(),
    target,
    reason: about.reason,
    by: about.by,
    at: now,
    until: about.until,
    liftedAt: undefined,
    liftedBy: undefined,
  }
  store.addLock(made)
  return made
}
