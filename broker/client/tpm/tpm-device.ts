import { createHash } from 'node:crypto'
import { GomeisaError } from '../../../graph/index.ts'
import type { BeginAnswer, FinishRequest, TpmClaims } from '../../protocol/enrolment-messages.ts'
import { enrolmentProof } from '../../protocol/identity.ts'
import { certificationRequest } from '../../der/certification-request.ts'
import { ATTRIBUTE, HANDLE } from '../../tpm/constants.ts'
import { readPublicArea } from '../../tpm/public-area.ts'
import { ATTESTATION_KEY, EK_P256, EK_RSA_2048, LINK_KEY, STORAGE_ROOT } from '../../tpm/templates.ts'
import { TpmError, type Tpm, type WrappedKey } from './tpm.ts'

/** Where an endorsement key is found: a persistent handle, or a template that makes it; and the index of its certificate. */
export interface EndorsementPlace {
  readonly kind: 'rsa' | 'ecc'
  readonly certificate: number
  readonly handle: number
  readonly template: Buffer | undefined
}

/** The places that makers use (TCG EK Credential Profile, section 2.2.1.4); the first whose certificate is there counts. */
export const ENDORSEMENT_PLACES: readonly EndorsementPlace[] = [
  { kind: 'rsa', certificate: 0x1c00002, handle: 0x81010001, template: EK_RSA_2048 },
  { kind: 'ecc', certificate: 0x1c0000a, handle: 0x81010002, template: EK_P256 },
  { kind: 'ecc', certificate: 0x1c00016, handle: 0x81010016, template: undefined },
]

/** The keys of a device as they lie in its files: useless without its TPM. */
export interface TpmKeys {
  readonly attestationKey: WrappedKey
  readonly linkKey: WrappedKey
  /** Persistent handle of the endorsement key's usual place; says which one was shown at enrolment. */
  readonly endorsement: number
}

/**
 * Makes the device's keys in its TPM and says what the TPM shows of itself. At most two objects are loaded at a time here:
 * a TPM without a resource manager has room for three, and a link may hold one.
 */
export async function makeTpmKeys(
  tpm: Tpm,
  places: readonly EndorsementPlace[] = ENDORSEMENT_PLACES,
): Promise<{ keys: TpmKeys; claims: TpmClaims }> {
  const { place, certificate } = await endorsementOf(tpm, places)
  const ekPublic = await withEndorsementKey(tpm, place, (handle) => tpm.readPublic(handle))
  const [attestationKey, linkKey] = await withStorageRoot(
    tpm,
    async (root) => [await tpm.create(root, ATTESTATION_KEY), await tpm.create(root, LINK_KEY)] as const,
  )
  const claims: TpmClaims = {
    ekCertificate: certificate,
    ekChain: [],
    ekPublic,
    akPublic: attestationKey.publicArea,
    keyPublic: linkKey.publicArea,
  }
  return { keys: { attestationKey, linkKey, endorsement: place.handle }, claims }
}

/** Answers the broker's question with the TPM's help. */
export async function answerWithTpm(
  tpm: Tpm,
  keys: TpmKeys,
  asked: BeginAnswer,
  name: string,
): Promise<FinishRequest> {
  const { credential, nonce, session } = asked
  if (credential === undefined) {
    throw new GomeisaError('REFUSED', 'the broker asked nothing of the TPM', { remedy: 'check the broker' })
  }
  const place = ENDORSEMENT_PLACES.find(({ handle }) => handle === keys.endorsement)
  if (place === undefined) throw new GomeisaError('TPM_UNUSABLE', 'the endorsement key is in no known place')
  const saved = await saveKeys(tpm, keys)
  const secret = await withLoaded(tpm, saved.attestationKey, (active) =>
    withEndorsementKey(tpm, place, async (endorsement) => {
      const usesPassword =
        ((await tpm.readPublic(endorsement)).readUInt32BE(4) & ATTRIBUTE.userWithAuth) !== 0
      if (usesPassword) return tpm.activateCredential(active, endorsement, HANDLE.password, credential)
      return withFlush(tpm, await tpm.endorsementSession(), (policy) =>
        tpm.activateCredential(active, endorsement, policy, credential),
      )
    }),
  )
  return withLoaded(tpm, saved.linkKey, async (link) => {
    const sign = (message: Buffer) => tpm.sign(link, createHash('sha256').update(message).digest())
    const spki = readPublicArea(keys.linkKey.publicArea, 'the link key').key.export({
      type: 'spki',
      format: 'der',
    })
    const request = await certificationRequest(name, spki, sign)
    const proof = await sign(enrolmentProof(nonce, request))
    const extraData = createHash('sha256').update(nonce).update(request).digest()
    const certified = await withLoaded(tpm, saved.attestationKey, (signer) =>
      tpm.certify(link, signer, extraData),
    )
    return { session, request, proof, tpm: { secret, ...certified } }
  })
}

/** Signs with the link's key: r ‖ s over SHA-256 of the message. */
export function signWithTpm(tpm: Tpm, keys: TpmKeys, message: Buffer): Promise<Buffer> {
  const digest = createHash('sha256').update(message).digest()
  return withStorageRoot(tpm, async (root) =>
    withFlush(tpm, await tpm.load(root, keys.linkKey), (link) => tpm.sign(link, digest)),
  )
}

/** Frees what a process that died has left in a TPM without a resource manager. */
export async function flushLeftovers(tpm: Tpm): Promise<void> {
  if (!tpm.transport.unmanaged) return
  for (const first of [0x80000000, 0x02000000, 0x03000000]) {
    for (const handle of await tpm.handles(first)) await tpm.flush(handle).catch(() => undefined)
  }
}

async function endorsementOf(tpm: Tpm, places: readonly EndorsementPlace[]) {
  for (const place of places) {
    const certificate = await tpm.readNv(place.certificate)
    if (certificate !== undefined) return { place, certificate: withoutPadding(certificate) }
  }
  // No certificate in the TPM: the operator can still allow the key itself.
  const place = places.find(({ template }) => template !== undefined)
  if (place !== undefined) return { place, certificate: undefined }
  throw new GomeisaError('TPM_UNUSABLE', 'the TPM has no endorsement key that is known here')
}

/** Some makers fill the index up behind the certificate. */
function withoutPadding(certificate: Buffer): Buffer {
  const isLong = certificate.length >= 4 && certificate[0] === 0x30 && certificate[1] === 0x82
  return isLong ? certificate.subarray(0, 4 + certificate.readUInt16BE(2)) : certificate
}

async function withEndorsementKey<T>(
  tpm: Tpm,
  place: EndorsementPlace,
  use: (handle: number) => Promise<T>,
): Promise<T> {
  const persistent = await tpm.handles(0x81000000)
  if (persistent.includes(place.handle)) return use(place.handle)
  if (place.template === undefined)
    throw new GomeisaError('TPM_UNUSABLE', 'the endorsement key is not in the TPM')
  const { handle } = await tpm.createPrimary(HANDLE.endorsement, place.template)
  return withFlush(tpm, handle, use)
}

interface SavedKeys {
  readonly attestationKey: Buffer
  readonly linkKey: Buffer
}

async function saveKeys(tpm: Tpm, keys: TpmKeys): Promise<SavedKeys> {
  return withStorageRoot(tpm, async (root) => {
    const save = async (key: WrappedKey) =>
      withFlush(tpm, await tpm.load(root, key), (handle) => tpm.saveContext(handle))
    return { attestationKey: await save(keys.attestationKey), linkKey: await save(keys.linkKey) }
  }).catch((error: unknown) => {
    // TPM_RC_INTEGRITY for the first parameter: the wrapped key belongs to another TPM.
    if (!(error instanceof TpmError) || (error.rc & 0xff) !== 0xdf) throw error
    throw new GomeisaError('TPM_UNUSABLE', 'these key files belong to another TPM', {
      remedy: 'enrol this machine itself: `gomeisa agent enroll`',
      cause: error,
    })
  })
}

async function withStorageRoot<T>(tpm: Tpm, use: (root: number) => Promise<T>): Promise<T> {
  const { handle } = await tpm.createPrimary(HANDLE.owner, STORAGE_ROOT)
  return withFlush(tpm, handle, use)
}

const withLoaded = async <T>(tpm: Tpm, context: Buffer, use: (handle: number) => Promise<T>): Promise<T> =>
  withFlush(tpm, await tpm.loadContext(context), use)

async function withFlush<T>(tpm: Tpm, handle: number, use: (handle: number) => Promise<T>): Promise<T> {
  try {
    return await use(handle)
  } finally {
    // A failing flush must not hide why the work failed.
    await tpm.flush(handle).catch(() => undefined)
  }
}
