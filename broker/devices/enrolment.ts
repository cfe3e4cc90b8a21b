import { randomBytes, randomUUID, type X509Certificate } from 'node:crypto'
import type {
  BeginAnswer,
  BeginRequest,
  FinishAnswer,
  FinishRequest,
  TpmClaims,
} from '../protocol/enrolment-messages.ts'
import { tokenHash } from '../protocol/enrolment-token.ts'
import { enrolmentProof, meets } from '../protocol/identity.ts'
import { demand, Refusal } from '../refusal.ts'
import { LONGEST_CERTIFICATE, serialOf, thumbprint, type Authority } from './authority.ts'
import { keyOfRequest, provenBy, spkiOf } from './certification-request.ts'
import type { Device, EnrolmentLeave, IssuedCertificate, Milliseconds } from './device.ts'
import type { DeviceStore } from './device-store.ts'
import { PendingSessions } from './pending-sessions.ts'
import { inGoodStanding } from './standing.ts'
import { challengeClaims, challengeEvidence, checkAnswers, type TpmChallenge } from './tpm-challenge.ts'
import { judge } from './trust.ts'

export interface EnrolmentOptions {
  readonly store: DeviceStore
  readonly authority: Authority
  readonly now: () => Milliseconds
  /** Life of a device certificate, 24 hours at most (default). */
  readonly certificateLife?: Milliseconds
  /** How long a device may renew before it enrols again (default 90 days). */
  readonly enrolmentLife?: Milliseconds
}

const ENROLMENT_LIFE = 90 * 24 * 3_600_000

/** Between the two messages: what was asked of whom. */
type Pending = { readonly nonce: Buffer; readonly challenge: TpmChallenge | undefined } & (
  | { readonly kind: 'enrolment'; readonly leave: EnrolmentLeave }
  | { readonly kind: 'renewal'; readonly device: string }
)

/**
 * Enrolment and renewal, two messages each: `begin` asks the device to prove what it claims, `finish` checks the proof and
 * issues a certificate. Renewal repeats the whole challenge for the same keys; it needs no valid certificate, because the
 * keys themselves are shown, and it never outlives the enrolment.
 */
export class Enrolment {
  readonly #options: EnrolmentOptions
  readonly #pending: PendingSessions<Pending>

  constructor(options: EnrolmentOptions) {
    this.#options = options
    this.#pending = new PendingSessions(options.now)
  }

  begin(request: BeginRequest): BeginAnswer {
    return 'token' in request.who
      ? this.#beginEnrolment(request.who.token, request.tpm)
      : this.#beginRenewal(request.who.device)
  }

  async finish(finish: FinishRequest): Promise<FinishAnswer> {
    const pending = this.#pending.take(finish.session)
    const { challenge, nonce } = pending
    const key = await keyOfRequest(finish.request)
    demand(
      provenBy(key, enrolmentProof(nonce, finish.request), finish.proof),
      'proof-invalid',
      'the request is not signed for this moment by its own key',
    )
    if (challenge !== undefined) {
      demand(
        spkiOf(key).equals(spkiOf(challenge.linkKey.key)),
        'key-mismatch',
        'the request is for another key than the attested one',
      )
      checkAnswers(challenge, nonce, finish)
    }
    return pending.kind === 'enrolment'
      ? this.#enrol(pending.leave, key, challenge)
      : this.#renew(pending.device, key)
  }

  #beginEnrolment(token: string, claims: TpmClaims | undefined): BeginAnswer {
    const { store, now } = this.#options
    // Spent by the attempt, whatever comes of it: a token that was seen cannot be tried again.
    const leave = store.spendLeave(tokenHash(token), now())
    if (leave === undefined) {
      throw new Refusal('token-invalid', 'the enrolment token is unknown, used or too old', {
        remedy: 'ask for a new one; each is good for one attempt within an hour',
      })
    }
    this.#demandPersonIsFree(leave)
    const challenge = claims && challengeClaims(claims)
    const level = judge(store.trust(), challenge?.evidence, now())
    if (!meets(level, leave.atLeast)) {
      throw new Refusal(
        'level-too-low',
        `the device shows \`${level}\`, and the token asks for \`${leave.atLeast}\``,
        {
          remedy:
            "the operator trusts the TPM's manufacturer, allows its endorsement key, or lowers the level",
        },
      )
    }
    return this.#ask({ kind: 'enrolment', leave, challenge, nonce: randomBytes(32) })
  }

  #demandPersonIsFree(leave: EnrolmentLeave): void {
    const lock = this.#options.store.activeLock({ kind: 'person', id: leave.person }, this.#options.now())
    if (lock !== undefined) throw new Refusal('locked', `the person is locked: ${lock.reason}`)
  }

  #beginRenewal(id: string): BeginAnswer {
    const device = this.#renewable(id)
    const challenge = device.evidence && challengeEvidence(device.evidence)
    return this.#ask({ kind: 'renewal', device: id, challenge, nonce: randomBytes(32) })
  }

  #renewable(id: string): Device {
    const { store, now } = this.#options
    const device = inGoodStanding(store, id, now())
    if (device.enrolledUntil <= now()) {
      throw new Refusal('enrolment-ended', 'the enrolment has come to its end', {
        remedy: 'enrol again with a new token',
      })
    }
    return device
  }

  #ask(pending: Pending): BeginAnswer {
    const session = this.#pending.add(pending)
    const { challenge, nonce } = pending
    return { session, nonce, credential: challenge?.credential }
  }

  async #enrol(
    leave: EnrolmentLeave,
    key: Parameters<typeof spkiOf>[0],
    challenge: TpmChallenge | undefined,
  ): Promise<FinishAnswer> {
    const { store, now } = this.#options
    this.#demandPersonIsFree(leave)
    const at = now()
    const device: Device = {
      id: randomUUID(),
      person: leave.person,
      name: leave.deviceName,
      level: judge(store.trust(), challenge?.evidence, at),
      atLeast: leave.atLeast,
      key: spkiOf(key),
      evidence: challenge?.evidence,
      enrolledAt: at,
      enrolledUntil: at + (this.#options.enrolmentLife ?? ENROLMENT_LIFE),
      revokedAt: undefined,
      revokedBecause: undefined,
    }
    const certificate = await this.#certificateFor(device, key)
    store.enrol(device, issued(device, certificate))
    return answer(device, certificate)
  }

  async #renew(id: string, key: Parameters<typeof spkiOf>[0]): Promise<FinishAnswer> {
    const { store } = this.#options
    const before = this.#renewable(id)
    demand(
      spkiOf(key).equals(before.key),
      'key-mismatch',
      'the request is for another key than the enrolled one',
    )
    const certificate = await this.#certificateFor(before, key)
    // Again, after the wait for the signature: a lock that came meanwhile counts.
    const device = this.#renewable(id)
    store.addCertificate(issued(device, certificate))
    return answer(device, certificate)
  }

  #certificateFor(device: Device, key: Parameters<typeof spkiOf>[0]): Promise<X509Certificate> {
    const { authority, now, certificateLife: life = LONGEST_CERTIFICATE } = this.#options
    return authority.issueDevice(device.id, key, { now: now(), life, latest: device.enrolledUntil })
  }
}

function issued(device: Device, certificate: X509Certificate): IssuedCertificate {
  return {
    serial: serialOf(certificate),
    device: device.id,
    thumbprint: thumbprint(certificate),
    notAfter: certificate.validToDate.getTime(),
    revokedAt: undefined,
  }
}

function answer(device: Device, certificate: X509Certificate): FinishAnswer {
  return {
    device: device.id,
    person: device.person,
    name: device.name,
    level: device.level,
    certificate: certificate.toString(),
    notAfter: certificate.validToDate.getTime(),
    enrolledUntil: device.enrolledUntil,
  }
}
