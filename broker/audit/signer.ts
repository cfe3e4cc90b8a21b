import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { GomeisaError } from '../../graph/index.ts'
import { CHECKPOINT, follow, type AuditHead, type AuditRecord } from './record.ts'

/** Signs checkpoints of the log (Ed25519, RFC 8032). */
export interface AuditSigner {
  /** First 16 hexadecimal digits of the SHA-256 of the public key (SPKI). */
  readonly key: string
  /** PEM of the public key: who verifies must have it from elsewhere than from the log. */
  readonly publicKey: string
  /** Base64. */
  sign(hash: string): string
}

/** What is signed, so that the key's signature over a log can be taken for nothing else. */
const message = (hash: string): Buffer => Buffer.from(`gomeisa audit checkpoint 1\n${hash}`)

const keyId = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)

export function signerOf(key: KeyObject): AuditSigner {
  const open = createPublicKey(key)
  return {
    key: keyId(open),
    publicKey: open.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (hash) => sign(null, message(hash), key).toString('base64'),
  }
}

/** The signer whose key is in a file that only the owner can read; made when there is none. Throws `STORE_UNUSABLE`. */
export function fileSigner(file: string): AuditSigner {
  try {
    return signerOf(createPrivateKey(readFileSync(file)))
  } catch (cause) {
    if (!isMissing(cause)) throw unusable(file, cause)
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true })
    // A link and not a rename: whoever comes second must not replace the key that has signed already.
    linkSync(draft, file)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw unusable(file, cause)
  } finally {
    unlinkSync(draft)
  }
  return signerOf(createPrivateKey(readFileSync(file)))
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'

const unusable = (file: string, cause: unknown): GomeisaError =>
  new GomeisaError('STORE_UNUSABLE', `the audit key \`${file}\` cannot be used`, {
    remedy: 'check the permissions; a lost key is replaced by removing the file, and its public key is kept',
    cause,
  })

/** A signed record: it vouches for every record before it. */
export function checkpoint(head: AuditHead, at: number, signer: AuditSigner): AuditRecord {
  const record = follow(head, { at, actor: 'broker', event: CHECKPOINT, detail: { key: signer.key } })
  return { ...record, signature: signer.sign(record.hash) }
}

/** The public key in a PEM text, or undefined when there is no Ed25519 key in it. */
export function readPublicKey(pem: string | Buffer): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

/** Whether one of the keys has signed the hash. */
export function signedByOne(keys: readonly KeyObject[], hash: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64')
  if (bytes.toString('base64') !== signature) return false
  return keys.some((key) => verify(null, message(hash), key, bytes))
}
