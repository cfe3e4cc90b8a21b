import { GomeisaError, isObject, own, ownList, ownString } from '../../graph/index.ts'
import type {
  Device,
  EnrolmentLeave,
  IssuedCertificate,
  Lock,
  LockTarget,
  TpmEvidence,
} from '../devices/device.ts'
import type { Row } from './database.ts'
import { isLevel, type AttestationLevel } from '../protocol/identity.ts'

/** Rows of the ledger as what they mean; a value of another form is a damaged ledger, and nothing is assumed. */
export const damaged = (column: string): GomeisaError =>
  new GomeisaError('STORE_UNUSABLE', `the ledger is damaged: \`${column}\` has no sound value`)

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw damaged(column)
  return value
}

export function number(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw damaged(column)
  return value
}

export const optionalNumber = (row: Row, column: string): number | undefined =>
  row[column] === null ? undefined : number(row, column)
export const optionalText = (row: Row, column: string): string | undefined =>
  row[column] === null ? undefined : text(row, column)

function level(row: Row, column: string): AttestationLevel {
  const value = text(row, column)
  if (!isLevel(value)) throw damaged(column)
  return value
}

export function leaveOf(row: Row): EnrolmentLeave {
  return {
    tokenHash: text(row, 'token_hash'),
    person: text(row, 'person'),
    deviceName: text(row, 'device_name'),
    atLeast: level(row, 'at_least'),
    expiresAt: number(row, 'expires_at'),
  }
}

export function bytes(row: Row, column: string): Buffer {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw damaged(column)
  return Buffer.from(value)
}

export function deviceOf(row: Row): Device {
  const evidence = optionalText(row, 'evidence')
  return {
    id: text(row, 'id'),
    person: text(row, 'person'),
    name: text(row, 'name'),
    level: level(row, 'level'),
    atLeast: level(row, 'at_least'),
    key: bytes(row, 'key'),
    evidence: evidence === undefined ? undefined : evidenceOf(evidence),
    enrolledAt: number(row, 'enrolled_at'),
    enrolledUntil: number(row, 'enrolled_until'),
    revokedAt: optionalNumber(row, 'revoked_at'),
    revokedBecause: optionalText(row, 'revoked_because'),
  }
}

export function certificateOf(row: Row): IssuedCertificate {
  return {
    serial: text(row, 'serial'),
    device: text(row, 'device'),
    thumbprint: text(row, 'thumbprint'),
    notAfter: number(row, 'not_after'),
    revokedAt: optionalNumber(row, 'revoked_at'),
  }
}

function targetOf(row: Row): LockTarget {
  const kind = text(row, 'kind')
  if (kind !== 'device' && kind !== 'person') throw damaged('kind')
  return { kind, id: text(row, 'target') }
}

export const changeOf = (row: Row): { seq: number; target: LockTarget } => ({
  seq: number(row, 'seq'),
  target: targetOf(row),
})

export function lockOf(row: Row): Lock {
  return {
    id: text(row, 'id'),
    target: targetOf(row),
    reason: text(row, 'reason'),
    by: text(row, 'locked_by'),
    at: number(row, 'at'),
    until: optionalNumber(row, 'until'),
    liftedAt: optionalNumber(row, 'lifted_at'),
    liftedBy: optionalText(row, 'lifted_by'),
  }
}

export function evidenceText(evidence: TpmEvidence | undefined): string | null {
  if (evidence === undefined) return null
  const { ekCertificate, ekChain, ekKey, akPublic, keyPublic } = evidence
  return JSON.stringify({
    ...(ekCertificate && { ekCertificate: ekCertificate.toString('base64') }),
    ekChain: ekChain.map((each) => each.toString('base64')),
    ekKey: ekKey.toString('base64'),
    akPublic: akPublic.toString('base64'),
    keyPublic: keyPublic.toString('base64'),
  })
}

function evidenceOf(json: string): TpmEvidence {
  const read: unknown = JSON.parse(json)
  if (!isObject(read)) throw damaged('evidence')
  const base64 = (key: string): Buffer => {
    const value = ownString(read, key)
    if (value === undefined) throw damaged('evidence')
    return Buffer.from(value, 'base64')
  }
  return {
    ekCertificate: own(read, 'ekCertificate') === undefined ? undefined : base64('ekCertificate'),
    ekChain: ownList(read, 'ekChain').map((each) => {
      if (typeof each !== 'string') throw damaged('evidence')
      return Buffer.from(each, 'base64')
    }),
    ekKey: base64('ekKey'),
    akPublic: base64('akPublic'),
    keyPublic: base64('keyPublic'),
  }
}
