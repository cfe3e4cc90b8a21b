import type { AttestationLevel } from '../protocol/identity.ts'
import type { Device, Milliseconds, TpmEvidence, Trust } from './device.ts'
import type { DeviceStore } from './device-store.ts'
import { vouch } from './endorsement.ts'

/** A device whose level another trust has changed. */
export interface Rejudged {
  readonly device: Device
  readonly was: AttestationLevel
  readonly is: AttestationLevel
}

/** The level of a device by what it showed and what is trusted today. */
export function judge(trust: Trust, evidence: TpmEvidence | undefined, now: Milliseconds): AttestationLevel {
  if (evidence === undefined) return 'software'
  const { ekKey, ekCertificate, ekChain } = evidence
  return vouch(trust, ekKey, ekCertificate, ekChain, now) === 'by-nobody' ? 'hardware' : 'tpm'
}

/** Judges every enrolled device again, and gives those whose level is another than before. */
export function rejudge(store: DeviceStore, now: Milliseconds): readonly Rejudged[] {
  const trust = store.trust()
  const changed: Rejudged[] = []
  for (const device of store.devices()) {
    if (device.revokedAt !== undefined) continue
    const is = judge(trust, device.evidence, now)
    if (is === device.level) continue
    store.setLevel(device.id, is, { by: 'broker', at: now })
    changed.push({ device, was: device.level, is })
  }
  return changed
}
