import { PRESENCES, type Evidence, type Way } from '../../policies/index.ts'
import type { Device } from '../devices/device.ts'
import type { EvidenceSource, Prompt } from './evidence-source.ts'
import type { Matter } from './request.ts'

/** Asks for the next thing that the person can show by themselves on this way; undefined where that is not what is missing. */
export function promptFor(
  source: EvidenceSource,
  device: Device,
  matter: Matter,
  have: Evidence,
  { evidence: wanted }: Way,
): Prompt | undefined {
  if (PRESENCES.indexOf(have.presence) < PRESENCES.indexOf(wanted.presence)) {
    return source.prompt(device, matter, 'desk', wanted.presence)
  }
  const phone = (wanted.phone && !have.phone) || (wanted.proximity && !have.proximity)
  return phone ? source.prompt(device, matter, 'phone', 'verified') : undefined
}
