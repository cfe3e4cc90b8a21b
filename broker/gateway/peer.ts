import type { X509Certificate } from 'node:crypto'
import { serialOf, thumbprint } from '../devices/authority.ts'
import type { Device, Milliseconds } from '../devices/device.ts'
import type { DeviceStore } from '../devices/device-store.ts'
import { inGoodStanding } from '../devices/standing.ts'
import { deviceOfUri } from '../protocol/identity.ts'
import { demand } from '../refusal.ts'

/** The device at the other end of a connection, as its certificate shows it. */
export interface Peer {
  readonly device: Device
  readonly serial: string
  /** SHA-256 of the certificate (DER), lower-case hexadecimal. */
  readonly thumbprint: string
  readonly notAfter: Milliseconds
}

/**
 * Who shows this certificate, if it may be used now; otherwise refuses. The caller has established that the authority
 * signed it and that the other end holds its key. Everything else is checked here, each time, because a resumed TLS session
 * has skipped it.
 */
export function admit(store: DeviceStore, certificate: X509Certificate, now: Milliseconds): Peer {
  const [uri, ...more] = (certificate.subjectAltName ?? '').split(', ')
  const id = deviceOfUri((uri ?? '').replace(/^URI:/, ''))
  demand(id !== undefined && more.length === 0, 'certificate-invalid', 'the certificate names no device')
  const notAfter = certificate.validToDate.getTime()
  demand(notAfter > now, 'certificate-expired', 'the certificate has ended')
  demand(certificate.validFromDate.getTime() <= now, 'certificate-invalid', 'the certificate has not begun')
  const peer = { serial: serialOf(certificate), thumbprint: thumbprint(certificate), notAfter }
  return { ...peer, device: stillAdmitted(store, { ...peer, device: { id } }, now) }
}

/** The device of a peer that was admitted before, if nothing speaks against it now; otherwise refuses. */
export function stillAdmitted(
  store: DeviceStore,
  peer: Omit<Peer, 'device'> & { readonly device: Pick<Device, 'id'> },
  now: Milliseconds,
): Device {
  demand(peer.notAfter > now, 'certificate-expired', 'the certificate has ended')
  const issued = store.certificate(peer.serial)
  demand(
    issued?.thumbprint === peer.thumbprint && issued.device === peer.device.id,
    'certificate-invalid',
    'the certificate is not on record',
  )
  demand(issued.revokedAt === undefined, 'certificate-revoked', 'the certificate was revoked')
  return inGoodStanding(store, peer.device.id, now)
}
