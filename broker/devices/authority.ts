import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509'
import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  webcrypto,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import { isIP } from 'node:net'
import { deviceUri } from '../protocol/identity.ts'
import type { AuthorityKey } from './authority-key.ts'
import type { Milliseconds } from './device.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A device's clock may be behind by this much. */
const SKEW = 60_000
export const LONGEST_CERTIFICATE: Milliseconds = 24 * HOUR
const AUTHORITY_LIFE = 3_650 * DAY
const SERVER_LIFE = 30 * DAY

const ED25519 = { name: 'Ed25519' }
const NAME = 'CN=Gomeisa device authority'

/** A key pair and its certificates, as TLS takes them. */
export interface ServerIdentity {
  /** PEM, of the server and of the authority. */
  readonly certificate: string
  readonly key: string
  readonly notAfter: Milliseconds
}

/**
 * The certificate authority for devices and for the broker's own ports. Everything is Ed25519, on purpose: a link child
 * sends every ECDSA and RSA operation to its TPM, so the broker's chain must be of another kind.
 */
export class Authority {
  readonly #key: AuthorityKey
  /** DER of the authority's own certificate. */
  readonly certificate: X509Certificate

  private constructor(key: AuthorityKey, certificate: X509Certificate) {
    this.#key = key
    this.certificate = certificate
  }

  /** `certificate`: the authority's own as PEM, made before; undefined makes it. */
  static async open(
    key: AuthorityKey,
    certificate: string | undefined,
    now: Milliseconds,
  ): Promise<Authority> {
    if (certificate !== undefined) return new Authority(key, new X509Certificate(certificate))
    const spki = key.publicKey.export({ type: 'spki', format: 'der' })
    const made = await issue(key, {
      subject: NAME,
      publicKey: spki,
      notBefore: now - SKEW,
      notAfter: now + AUTHORITY_LIFE,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(await imported(spki)),
      ],
    })
    return new Authority(key, made)
  }

  /** What an enrolment token pins: SHA-256 of the authority's certificate (DER), lower-case hexadecimal. */
  get fingerprint(): string {
    return thumbprint(this.certificate)
  }

  /** A certificate for a device's key. It ends after `life`, 24 hours at most, and never after `latest`. */
  async issueDevice(
    device: string,
    key: KeyObject,
    times: { readonly now: Milliseconds; readonly life: Milliseconds; readonly latest: Milliseconds },
  ): Promise<X509Certificate> {
    const notAfter = Math.min(times.now + Math.min(times.life, LONGEST_CERTIFICATE), times.latest)
    return this.#issue(device, key, times.now, notAfter, ExtendedKeyUsage.clientAuth, [
      { type: 'url', value: deviceUri(device) },
    ])
  }

  /** A new key and certificate for the broker's ports, under the names that clients use. */
  async issueServer(names: readonly string[], now: Milliseconds): Promise<ServerIdentity> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const notAfter = now + SERVER_LIFE
    const alternatives = names.map((value) => ({
      type: isIP(value) ? ('ip' as const) : ('dns' as const),
      value,
    }))
    const made = await this.#issue(
      'Gomeisa broker',
      publicKey,
      now,
      notAfter,
      ExtendedKeyUsage.serverAuth,
      alternatives,
    )
    return {
      certificate: `${made.toString()}${this.certificate.toString()}`,
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      notAfter,
    }
  }

  async #issue(
    name: string,
    key: KeyObject,
    now: Milliseconds,
    notAfter: Milliseconds,
    usage: ExtendedKeyUsage,
    names: readonly { readonly type: 'url' | 'dns' | 'ip'; readonly value: string }[],
  ): Promise<X509Certificate> {
    const authority = this.#key.publicKey.export({ type: 'spki', format: 'der' })
    return issue(this.#key, {
      subject: `CN=${name}`,
      publicKey: key.export({ type: 'spki', format: 'der' }),
      notBefore: now - SKEW,
      notAfter,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([usage]),
        new SubjectAlternativeNameExtension([...names]),
        await AuthorityKeyIdentifierExtension.create(await imported(authority)),
      ],
    })
  }
}

/** SHA-256 of a certificate (DER), lower-case hexadecimal. */
export const thumbprint = (certificate: X509Certificate): string =>
  createHash('sha256').update(certificate.raw).digest('hex')

/** Serial number as the ledger keeps it. */
export const serialOf = (certificate: X509Certificate): string =>
  certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, '')

interface Wanted {
  readonly subject: string
  readonly publicKey: Buffer
  readonly notBefore: Milliseconds
  readonly notAfter: Milliseconds
  readonly extensions: readonly Extension[]
}

async function issue(key: AuthorityKey, wanted: Wanted): Promise<X509Certificate> {
  const made = await X509CertificateGenerator.create(
    {
      // Positive, 127 bits of chance.
      serialNumber: `4${randomBytes(16).toString('hex').slice(1)}`,
      subject: wanted.subject,
      issuer: NAME,
      notBefore: new Date(wanted.notBefore),
      notAfter: new Date(wanted.notAfter),
      signingAlgorithm: ED25519,
      signingKey: await imported(key.publicKey.export({ type: 'spki', format: 'der' })),
      publicKey: new Uint8Array(wanted.publicKey),
      extensions: [...wanted.extensions],
    },
    signingWith(key),
  )
  return new X509Certificate(Buffer.from(made.rawData))
}

/** Web Cryptography whose signatures come from the port, so that the key may be anywhere. */
function signingWith(key: AuthorityKey): Crypto {
  const sign = async (_algorithm: unknown, _key: unknown, message: Uint8Array): Promise<ArrayBuffer> =>
    Uint8Array.from(await key.sign(Buffer.from(message))).buffer
  const subtle = new Proxy(webcrypto.subtle, {
    get: (target, name: keyof webcrypto.SubtleCrypto) => {
      if (name === 'sign') return sign
      const method: unknown = Reflect.get(target, name)
      return typeof method === 'function' ? (method.bind(target) as unknown) : method
    },
  })
  return new Proxy(webcrypto, {
    get: (target, name: keyof webcrypto.Crypto): unknown =>
      name === 'subtle' ? subtle : Reflect.get(target, name),
  })
}

const imported = (spki: Buffer): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('spki', new Uint8Array(spki), ED25519, true, ['verify'])
