import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { certificationRequest } from '../../broker/der/certification-request.ts'
import type { Enrolment } from '../../broker/devices/enrolment.ts'
import type { FinishAnswer } from '../../broker/protocol/enrolment-messages.ts'
import { enrolmentProof } from '../../broker/protocol/identity.ts'

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
    request: (name = 'device') =>
      certificationRequest(name, spki, async (message) => Promise.resolve(signed(message))),
  }
}

/** Enrols a device with a software key, or renews it. */
export async function obtain(
  { enrolment }: { readonly enrolment: Enrolment },
  key: SoftwareKey,
  who: { token: string } | { device: string },
): Promise<FinishAnswer> {
  const { session, nonce } = enrolment.begin({ who, tpm: undefined })
  const request = await key.request()
  return enrolment.finish({
    session,
    request,
    proof: key.sign(enrolmentProof(nonce, request)),
    tpm: undefined,
  })
}
