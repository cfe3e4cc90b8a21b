import type { Milliseconds } from '../devices/device.ts'
import type { AttestationLevel } from '../protocol/identity.ts'
import type { Custody } from './person.ts'
import type { PresenceRecord, Verification } from './presence-record.ts'

/** What is known of the one who asks, as plain data: the context of a policy. Everything was verified by the broker. */
export interface Evidence {
  readonly device: { readonly id: string; readonly level: AttestationLevel }
  readonly person: string
  readonly login: {
    readonly kind: 'provider' | 'break-glass'
    readonly ageSeconds: number
    /** Authentication context that the identity provider vouched for. */
    readonly acr?: string
  }
  /** On the enrolled machine, for this very request; absent when there is none that is fresh enough. */
  readonly presence?: PresenceEvidence
  /** The same on a phone with a key of its own. */
  readonly phone?: PresenceEvidence
  readonly proximity?: ProximityEvidence
}

export interface PresenceEvidence {
  /** Of the stored record, which verifies offline. */
  readonly record: string
  /** By the UV flag that the authenticator signed; which of PIN and biometric it was, is not told. */
  readonly kind: Verification
  readonly custody: Custody
  /** Whole seconds since it was shown, rounded up. */
  readonly ageSeconds: number
}

export interface ProximityEvidence {
  readonly kind: 'typed-code'
  readonly ageSeconds: number
  /** Goes wherever the value goes, so that nobody reads more into it. */
  readonly doesNotProve: typeof TYPED_CODE_DOES_NOT_PROVE
}

export const TYPED_CODE_DOES_NOT_PROVE =
  'that the phone was near: a person can be asked for the code over a telephone, or type it from a picture'

const ageOf = (at: Milliseconds, now: Milliseconds): number => Math.max(0, Math.ceil((now - at) / 1000))

/** How old a presence may be, in milliseconds, at the desk and on the phone. */
export interface Freshness {
  readonly desk: Milliseconds
  readonly phone: Milliseconds
}
export const USUAL_FRESHNESS: Freshness = { desk: 300_000, phone: 300_000 }

/** The freshest presence of each place among `records` (newest first); one from the future counts as none. */
export function presenceEvidence(
  records: readonly PresenceRecord[],
  fresh: Freshness,
  now: Milliseconds,
): Pick<Evidence, 'presence' | 'phone' | 'proximity'> {
  const newest = (place: 'desk' | 'phone') =>
    records.find((each) => each.place === place && each.shownAt <= now && now - each.shownAt <= fresh[place])
  const [desk, phone] = [newest('desk'), newest('phone')]
  return {
    ...(desk && { presence: told(desk, now) }),
    ...(phone && { phone: told(phone, now) }),
    ...(phone?.proximity && {
      proximity: {
        kind: phone.proximity.kind,
        ageSeconds: ageOf(phone.proximity.typedAt, now),
        doesNotProve: TYPED_CODE_DOES_NOT_PROVE,
      },
    }),
  }
}

const UV = 0x04

function told(record: PresenceRecord, now: Milliseconds): PresenceEvidence {
  const flags = Buffer.from(record.authenticatorData, 'base64url')[32] ?? 0
  return {
    record: record.id,
    kind: (flags & UV) === 0 ? 'touch' : 'pin-or-biometric',
    custody: record.passkey.custody,
    ageSeconds: ageOf(record.shownAt, now),
  }
}

export function loginEvidence(
  session: {
    readonly login: Evidence['login']['kind']
    readonly begunAt: Milliseconds
    readonly acr: string | undefined
  },
  now: Milliseconds,
): Evidence['login'] {
  const { login: kind, begunAt, acr } = session
  return { kind, ageSeconds: ageOf(begunAt, now), ...(acr !== undefined && { acr }) }
}
