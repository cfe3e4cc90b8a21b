import {
  constants,
  createCipheriv,
  createECDH,
  createHash,
  createHmac,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { demand } from '../refusal.ts'
import { EMPTY, sized, u32 } from './bytes.ts'
import { CURVES, P384 } from './constants.ts'

/** A secret that only the TPM with the endorsement key can open, and only for the object of one name. */
export interface Credential {
  /** Content of TPM2B_ID_OBJECT. */
  readonly blob: Buffer
  /** Content of TPM2B_ENCRYPTED_SECRET. */
  readonly seed: Buffer
}

/** Algorithms of an endorsement key's template (TCG EK Credential Profile, templates L-1, L-2, H-1 to H-3). */
interface Strength {
  readonly hash: 'sha256' | 'sha384'
  /** Bytes of a digest. */
  readonly size: 32 | 48
  readonly aesBits: 128 | 256
}
const LOW: Strength = { hash: 'sha256', size: 32, aesBits: 128 }
const HIGH: Strength = { hash: 'sha384', size: 48, aesBits: 256 }

/**
 * TPM2_MakeCredential in software (Trusted Platform Module Library, part 1, section 24): `secret` for the object called
 * `name`, to be opened with TPM2_ActivateCredential by the holder of the endorsement key. RSA 2048 to 4096, P-256, P-384.
 */
export function makeCredential(endorsementKey: KeyObject, name: Buffer, secret: Buffer): Credential {
  const { seed, sealed, strength } = sealSeed(endorsementKey)
  const { hash, size, aesBits } = strength
  const aesKey = kdfa(hash, seed, 'STORAGE', name, aesBits)
  const cipher = createCipheriv(`aes-${aesBits}-cfb`, aesKey, Buffer.alloc(16))
  const identity = Buffer.concat([cipher.update(sized(secret)), cipher.final()])
  const hmacKey = kdfa(hash, seed, 'INTEGRITY', EMPTY, size * 8)
  const integrity = createHmac(hash, hmacKey).update(identity).update(name).digest()
  return { blob: Buffer.concat([sized(integrity), identity]), seed: sealed }
}

const label = (text: string): Buffer => Buffer.from(`${text}\0`)

function sealSeed(key: KeyObject): { seed: Buffer; sealed: Buffer; strength: Strength } {
  if (key.asymmetricKeyType === 'rsa') {
    const strength = (key.asymmetricKeyDetails?.modulusLength ?? 0) > 2048 ? HIGH : LOW
    const seed = randomBytes(strength.size)
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const options = { key, padding, oaepHash: strength.hash, oaepLabel: label('IDENTITY') }
    return { seed, sealed: publicEncrypt(options, seed), strength }
  }
  const jwk = key.export({ format: 'jwk' })
  const curve = CURVES.find((each) => each.jwk === jwk.crv)
  demand(
    curve !== undefined && typeof jwk.x === 'string' && typeof jwk.y === 'string',
    'malformed',
    'the endorsement key is neither RSA nor on P-256 or P-384',
  )
  const strength = curve === P384 ? HIGH : LOW
  const x = Buffer.from(jwk.x, 'base64url')
  const y = Buffer.from(jwk.y, 'base64url')
  const ephemeral = createECDH(curve.openssl)
  ephemeral.generateKeys()
  const shared = ephemeral.computeSecret(Buffer.concat([Buffer.from([4]), x, y]))
  const point = ephemeral.getPublicKey()
  const ephemeralX = point.subarray(1, 1 + curve.size)
  const ephemeralY = point.subarray(1 + curve.size)
  // KDFe, part 1, section 11.4.10.3; one round is enough for both hashes.
  const seed = createHash(strength.hash)
    .update(u32(1))
    .update(shared)
    .update(label('IDENTITY'))
    .update(ephemeralX)
    .update(x)
    .digest()
  return { seed, sealed: Buffer.concat([sized(ephemeralX), sized(ephemeralY)]), strength }
}

/** KDFa (part 1, section 11.4.10.2) for at most one digest's length. */
function kdfa(hash: string, key: Buffer, use: string, context: Buffer, bits: number): Buffer {
  return createHmac(hash, key)
    .update(u32(1))
    .update(label(use))
    .update(context)
    .update(u32(bits))
    .digest()
    .subarray(0, bits / 8)
}
