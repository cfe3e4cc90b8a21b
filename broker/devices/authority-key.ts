import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { GomeisaError } from '../../graph/index.ts'

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
  const key = readOrMake(file)
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

function readOrMake(file: string): KeyObject {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    makeIfMissing(file)
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new GomeisaError('STORE_UNUSABLE', `others may read the key \`${file}\``, {
        remedy: `chmod 600 ${file}, and consider the key known to who could read it`,
      })
    }
    return createPrivateKey(readFileSync(file))
  } catch (cause) {
    if (cause instanceof GomeisaError) throw cause
    throw new GomeisaError('STORE_UNUSABLE', `the key \`${file}\` cannot be used`, {
      remedy: 'check the path and its permissions',
      cause,
    })
  }
}

/** Written aside and linked: two processes that start together end up with one whole key. */
function makeIfMissing(file: string): void {
  const exists = statSync(file, { throwIfNoEntry: false }) !== undefined
  if (exists) return
  const { privateKey } = generateKeyPairSync('ed25519')
  const aside = `${file}.${process.pid}.new`
  writeFileSync(aside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(aside)
  }
}
