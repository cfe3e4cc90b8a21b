import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { bindingProof, EXPORTER_LABEL } from '../protocol/identity.ts'
import { exactly, written } from '../protocol/exact-bytes.ts'
import { Refusal } from '../refusal.ts'

const NONCE = 32

/**
 * Proves over a fresh TLS connection without a client certificate that this end holds the key of `certificate` (PEM): signs
 * the connection's exported keying material (RFC 9266) and the broker's nonce. Refuses when the broker does not take it.
 */
export async function bindConnection(
  socket: TLSSocket,
  certificate: string,
  sign: (message: Buffer) => Promise<Buffer>,
): Promise<void> {
  const nonce = await exactly(socket, NONCE)
  const exported = socket.exportKeyingMaterial(32, EXPORTER_LABEL, Buffer.alloc(0))
  const signature = await sign(bindingProof(exported, nonce))
  const der = new X509Certificate(certificate).raw
  const length = Buffer.alloc(2)
  length.writeUInt16BE(der.length)
  await written(socket, Buffer.concat([length, der, signature]))
  const [verdict] = await exactly(socket, 1)
  if (verdict !== 1) throw new Refusal('binding-invalid', 'the broker did not take the binding')
}
