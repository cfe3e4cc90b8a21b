import type { AttestationLevel } from '../protocol/identity.ts'
import type { About, NoteSource } from '../audit/notes.ts'
import type {
  Device,
  EnrolmentLeave,
  IssuedCertificate,
  Lock,
  LockTarget,
  Milliseconds,
  Trust,
  TrustKind,
} from './device.ts'

/**
 * The broker's memory of devices. Every call is durable when it returns, and atomic. Calls answer at once, because the door
 * asks on every connection and every request; a store behind a network keeps a copy that is at most as old as it can bear.
 * Throws `STORE_UNUSABLE` when it cannot answer: whoever asks must then refuse. What changes who or what is believed leaves a
 * note, written together with it.
 */
export interface DeviceStore extends NoteSource {
  addLeave(leave: EnrolmentLeave, about: About): void
  /** Gives the leave and spends it, whatever comes of it; undefined when there is none, or it is spent or has expired. */
  spendLeave(tokenHash: string, now: Milliseconds): EnrolmentLeave | undefined

  /** Adds a device with its first certificate. An enrolled device of the same person and name is revoked: it is replaced. */
  enrol(device: Device, certificate: IssuedCertificate): void
  device(id: string): Device | undefined
  devices(): readonly Device[]
  /** New judgement of a device's evidence. */
  setLevel(id: string, level: AttestationLevel, about: About): void
  revokeDevice(id: string, because: string, about: About): void

  addCertificate(certificate: IssuedCertificate): void
  certificate(serial: string): IssuedCertificate | undefined
  revokeCertificate(serial: string, about: About): void

  addLock(lock: Lock): void
  liftLock(id: string, about: About): void
  /** The lock that keeps the target out now; the one that ends last when there are several. */
  activeLock(target: LockTarget, now: Milliseconds): Lock | undefined
  /** Every lock, newest first. */
  locks(): readonly Lock[]

  trust(): Trust
  /** `value`: DER of a certificate, or the hexadecimal hash of an endorsement key. */
  addTrust(kind: TrustKind, value: Buffer | string, about: About): void
  /** Whether there was such a thing. */
  removeTrust(kind: TrustKind, value: Buffer | string, about: About): boolean

  /**
   * Whose standing may have become worse since `seq` (locks, revocations, judgements), by this process or another, and the number
   * to ask from the next time. The first time, ask from `Infinity`.
   */
  changesSince(seq: number): { readonly seq: number; readonly targets: readonly LockTarget[] }
  close(): void
}
