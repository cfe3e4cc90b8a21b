import { createPublicKey, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { certificationRequest } from '../../broker/der/certification-request.ts'
import { Authority } from '../../broker/devices/authority.ts'
import { fileAuthorityKey } from '../../broker/devices/authority-key.ts'
import type { DeviceStore } from '../../broker/devices/device-store.ts'
import { Enrolment } from '../../broker/devices/enrolment.ts'
import { openDeviceStore } from '../../broker/ledger/embedded-device-store.ts'
import type { FinishAnswer } from '../../broker/protocol/enrolment-messages.ts'
import { newTokenSecret, tokenHash } from '../../broker/protocol/enrolment-token.ts'
import { enrolmentProof, type AttestationLevel } from '../../broker/protocol/identity.ts'
import { Refusal, type RefusalReason } from '../../broker/refusal.ts'

export const HOUR = 3_600_000

/** A broker without ports, whose clock the test moves. */
export interface World {
  readonly folder: string
  readonly store: DeviceStore
  readonly authority: Authority
  readonly enrolment: Enrolment
  readonly clock: { now: number }
  leave(options?: { person?: string; name?: string; atLeast?: AttestationLevel }): string
}

export async function world(options: { certificateLife?: number; enrolmentLife?: number } = {}): Promise<World> {
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
  const authority = await Authority.open(fileAuthorityKey(join(folder, 'authority.key')), undefined, clock.now)
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
      store.addLeave({ tokenHash: tokenHash(secret), person, deviceName: name, atLeast, expiresAt })
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

/** A key in software and what a device does with it. */
export interface SoftwareKey {
  readonly pem: string
  readonly spki: Buffer
  readonly privateKey: KeyObject
  sign(message: Buffer): Buffer
  request(name?: string): Promise<Buffer>
}

export function softwareKey(): SoftwareKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return softwareKeyOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
}

export function softwareKeyOf(pem: string): SoftwareKey {
  const privateKey = createPrivateKey(pem)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const signed = (message: Buffer) => sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return {
    pem,
    spki,
    privateKey,
    sign: signed,
    request: (name = 'device') => certificationRequest(name, spki, async (message) => Promise.resolve(signed(message))),
  }
}

/** Enrols a device with a software key, or renews it. */
export async function obtain(
  { enrolment }: Pick<World, 'enrolment'>,
  key: SoftwareKey,
  who: { token: string } | { device: string },
): Promise<FinishAnswer> {
  const { session, nonce } = enrolment.begin({ who, tpm: undefined })
  const request = await key.request()
  return enrolment.finish({ session, request, proof: key.sign(enrolmentProof(nonce, request)), tpm: undefined })
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
