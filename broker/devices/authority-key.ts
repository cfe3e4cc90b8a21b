import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { GomeisaError } from '../../graph/index.ts'
import { keyInFile } from './key-file.ts'

/** An Ed25519 key that signs for the broker: in a file by default; a KMS or a PKCS#11 token can stand behind the same port. */
export interface AuthorityKey {
  readonly publicKey: KeyObject
  sign(message: Uint8Array): Promise<Uint8Array>
}

/**
 * The key in `file` (PKCS#8 PEM, mode 0600), made when it is not there. Throws `STORE_UNUSABLE` when others may read it,
 * or when it is no Ed25519 key.
 */
export function fileAuthorityKey(file: string): AuthorityKey {
  const key = keyInFile(file, () => generateKeyPairSync('ed25519').privateKey)
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new GomeisaError('STORE_UNUSABLE', `\`${file}\` holds no Ed25519 key`, {
      remedy: 'put the key back from its backup; without it, every device enrols again',
    })
  }
  return {
    publicKey: createPublicKey(key),
    sign: async (message) => Promise.resolve(sign(null, message, key)),
  }
}
