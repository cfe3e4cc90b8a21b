/** How far a device is believed, weakest first; the place in the list is the number that policies compare. */
export const DEVICE_LEVELS = ['none', 'software', 'hardware', 'tpm'] as const
export type DeviceLevel = (typeof DEVICE_LEVELS)[number]

/** How a person showed to be there, weakest first: a touch, or a PIN or biometric that the authenticator checked. */
export const PRESENCES = ['none', 'touch', 'verified'] as const
export type Presence = (typeof PRESENCES)[number]

/** Nobody is asked to gather more people than this; a policy that demands more can never be satisfied. */
export const MOST_APPROVALS = 10

/**
 * What has been shown for a request, still valid now: whoever fills this in has already dropped what is too old. All
 * evidence is ordered (`covers`): more of it never means less trust.
 */
export interface Evidence {
  readonly device: DeviceLevel
  readonly presence: Presence
  /** Confirmed on a second device of the person. */
  readonly phone: boolean
  /** The second device is near the first. */
  readonly proximity: boolean
  /** Distinct people who approved, each allowed by `approve`. */
  readonly approvals: number
  /** The quorums (quorum.ts) that these people make up. */
  readonly quorums: readonly string[]
  /** The person has asked for the emergency way in so many words. */
  readonly breakGlass: boolean
}

export const NO_EVIDENCE: Evidence = {
  device: 'none',
  presence: 'none',
  phone: false,
  proximity: false,
  approvals: 0,
  quorums: [],
  breakGlass: false,
}

/** Whether `more` shows all that `less` shows. */
export function covers(more: Evidence, less: Evidence): boolean {
  return (
    DEVICE_LEVELS.indexOf(more.device) >= DEVICE_LEVELS.indexOf(less.device) &&
    PRESENCES.indexOf(more.presence) >= PRESENCES.indexOf(less.presence) &&
    (more.phone || !less.phone) &&
    (more.proximity || !less.proximity) &&
    more.approvals >= less.approvals &&
    less.quorums.every((quorum) => more.quorums.includes(quorum)) &&
    (more.breakGlass || !less.breakGlass)
  )
}

/** The rungs of the ladder, easiest first. */
export const RUNGS = [
  'none',
  'device',
  'touch',
  'verified',
  'phone',
  'proximity',
  'second-person',
  'quorum',
  'break-glass',
] as const
export type Rung = (typeof RUNGS)[number]

/** The highest rung that evidence stands on. */
export function rungOf(evidence: Evidence): Rung {
  if (evidence.breakGlass) return 'break-glass'
  if (evidence.quorums.length > 0 || evidence.approvals > 1) return 'quorum'
  if (evidence.approvals > 0) return 'second-person'
  if (evidence.proximity) return 'proximity'
  if (evidence.phone) return 'phone'
  if (evidence.presence !== 'none') return evidence.presence
  return evidence.device === 'none' ? 'none' : 'device'
}
