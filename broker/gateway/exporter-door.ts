import { randomBytes, verify, X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { Authority, ServerIdentity } from '../devices/authority.ts'
import type { Milliseconds } from '../devices/device.ts'
import { exactly, written } from '../protocol/exact-bytes.ts'
import { bindingProof, EXPORTER_LABEL } from '../protocol/identity.ts'
import { demand, readingHostile, Refusal } from '../refusal.ts'
import { addressOf, tlsOptions, type Door, type DoorEvent } from './door.ts'
import { RateLimit, type Rate } from './rate-limit.ts'

export interface ExporterDoorOptions {
  readonly door: Door
  readonly identity: ServerIdentity
  readonly authority: Authority
  readonly now: () => Milliseconds
  readonly report?: (event: DoorEvent) => void
  /** New connections of one address (default: 50 at once, 10 a second). */
  readonly connections?: Rate
}

const PATIENCE: Milliseconds = 10_000
const LARGEST_CERTIFICATE = 4_096
const SIGNATURE = 64
const BOUND = Buffer.from([1])

/**
 * The side door for devices whose key TLS itself cannot use (a TPM without the OpenSSL provider): TLS 1.3 without a client
 * certificate; then the device signs this connection's exported keying material (RFC 9266) and a nonce with the key of its
 * certificate. From there on it is as if it had come in by the door: same checks, same registry, same lock.
 */
export class ExporterDoor {
  readonly server: Server
  readonly #options: ExporterDoorOptions

  constructor(options: ExporterDoorOptions) {
    this.#options = options
    const limit = new RateLimit(options.connections ?? { burst: 50, perSecond: 10 }, options.now)
    this.server = createServer({ ...tlsOptions(options.identity), ALPNProtocols: ['h2'] }, (socket) => {
      void this.#bind(socket)
    })
    this.server.prependListener('connection', (socket: Socket) => {
      if (!limit.take(addressOf(socket))) socket.destroy()
    })
    this.server.maxConnections = 1_000
  }

  renewIdentity(identity: ServerIdentity): void {
    this.server.setSecureContext(tlsOptions(identity))
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.server.close(() => done()))
  }

  async #bind(socket: TLSSocket): Promise<void> {
    socket.on('error', () => socket.destroy())
    const timer = setTimeout(() => socket.destroy(), PATIENCE)
    try {
      const nonce = randomBytes(32)
      await written(socket, nonce)
      const length = (await exactly(socket, 2)).readUInt16BE()
      demand(length <= LARGEST_CERTIFICATE, 'malformed', 'the certificate is too large')
      const der = await exactly(socket, length)
      const signature = await exactly(socket, SIGNATURE)
      const certificate = this.#checked(socket, der, signature, nonce)
      clearTimeout(timer)
      // Until the bytes are out: an HTTP/2 session that takes over a socket in the middle of a write ends the process.
      await written(socket, BOUND)
      if (!socket.destroyed) this.#options.door.enterBound(socket, certificate)
    } catch (error) {
      clearTimeout(timer)
      const { report } = this.#options
      if (error instanceof Refusal) {
        report?.({ kind: 'refused', address: addressOf(socket), reason: error.reason, detail: error.message })
      } else report?.({ kind: 'bug', error })
      socket.destroy()
    }
  }

  #checked(socket: TLSSocket, der: Buffer, signature: Buffer, nonce: Buffer): X509Certificate {
    const certificate = readingHostile('the certificate', () => new X509Certificate(der))
    const { certificate: above } = this.#options.authority
    const issued = certificate.checkIssued(above) && certificate.verify(above.publicKey) && !certificate.ca
    demand(issued, 'certificate-invalid', 'the certificate is not of this authority')
    const exported = socket.exportKeyingMaterial(32, EXPORTER_LABEL, Buffer.alloc(0))
    const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
    const proven = verify('sha256', bindingProof(exported, nonce), key, signature)
    demand(proven, 'binding-invalid', 'the signature is not of this connection by the key of the certificate')
    return certificate
  }
}
