import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { certificationRequest } from '../der/certification-request.ts'
import type { BeginAnswer, FinishRequest, TpmClaims } from '../protocol/enrolment-messages.ts'
import { enrolmentProof } from '../protocol/identity.ts'
import type { DeviceKeys } from './agent-home.ts'
import { answerWithTpm, makeTpmKeys, signWithTpm } from './tpm/tpm-device.ts'
import { Tpm } from './tpm/tpm.ts'
import { openTransport } from './tpm/transport.ts'

/** New keys in the TPM at `address`, or in software, and what the broker is to be told of them. */
export async function makeKeys(
  place: { readonly kind: 'software' } | { readonly kind: 'tpm'; readonly address: string },
): Promise<{ keys: DeviceKeys; claims: TpmClaims | undefined }> {
  if (place.kind === 'software') {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    return { keys: { kind: 'software', pem }, claims: undefined }
  }
  return withTpm(place.address, async (tpm) => {
    const { keys, claims } = await makeTpmKeys(tpm)
    return { keys: { kind: 'tpm', address: place.address, keys }, claims }
  })
}

/** The second message of an enrolment or renewal. */
export function answerBroker(keys: DeviceKeys, asked: BeginAnswer, name: string): Promise<FinishRequest> {
  return keys.kind === 'tpm'
    ? withTpm(keys.address, (tpm) => answerWithTpm(tpm, keys.keys, asked, name))
    : answerInSoftware(keys.pem, asked, name)
}

/** r ‖ s by the link's key. */
export function signWithLinkKey(keys: DeviceKeys, message: Buffer): Promise<Buffer> {
  return keys.kind === 'tpm'
    ? withTpm(keys.address, (tpm) => signWithTpm(tpm, keys.keys, message))
    : Promise.resolve(signInSoftware(keys.pem, message))
}

async function answerInSoftware(pem: string, asked: BeginAnswer, name: string): Promise<FinishRequest> {
  const spki = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' })
  const request = await certificationRequest(name, spki, (message) =>
    Promise.resolve(signInSoftware(pem, message)),
  )
  const proof = signInSoftware(pem, enrolmentProof(asked.nonce, request))
  return { session: asked.session, request, proof, tpm: undefined }
}

const signInSoftware = (pem: string, message: Buffer): Buffer =>
  sign('sha256', message, { key: createPrivateKey(pem), dsaEncoding: 'ieee-p1363' })

export async function withTpm<T>(address: string, use: (tpm: Tpm) => Promise<T>): Promise<T> {
  const transport = openTransport(address)
  try {
    return await use(new Tpm(transport))
  } finally {
    await transport.close()
  }
}
