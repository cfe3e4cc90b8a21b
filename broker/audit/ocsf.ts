import { ownString, type Json, type JsonObject } from '../../graph/index.ts'
import { recordLine, type AuditRecord } from './record.ts'

/** Version of the Open Cybersecurity Schema Framework that the events follow (https://schema.ocsf.io). */
export const OCSF_VERSION = '1.3.0'

/** Class User Access Management: who received or lost privileges. */
const USER_ACCESS = 3005
/** Class Entity Management: what else happened to a grant or to the log. */
const ENTITY = 3004

/** Events that change what a person may do, as OCSF numbers them: 1 assign, 2 revoke. */
const ACCESS_CHANGES = new Map([
  ['grant.active', { id: 1, name: 'Assign Privileges' }],
  ['grant.extended', { id: 1, name: 'Assign Privileges' }],
  ['grant.ended', { id: 2, name: 'Revoke Privileges' }],
  ['grant.revoked', { id: 2, name: 'Revoke Privileges' }],
])
/** Events that somebody should look at (severity 4, high). */
const ALARMING = new Set([
  'grant.force-closed',
  'grant.drifted',
  'grant.revoke-failing',
  'request.broke-glass',
  'kill.ordered',
])

/**
 * A record as an OCSF event. The record itself, with its hash, is in `raw_data`, so that the chain can be checked wherever
 * the event ends up.
 */
export function ocsfEvent(record: AuditRecord, product: { readonly version: string }): JsonObject {
  const change = ACCESS_CHANGES.get(record.event)
  const activity = change ?? { id: 99, name: record.event }
  const classUid = change === undefined ? ENTITY : USER_ACCESS
  const { detail } = record
  const person = ownString(detail, 'person')
  const entitlement = ownString(detail, 'entitlement')
  const about: Record<string, Json> =
    change === undefined
      ? { entity: { uid: record.grant ?? 'log', type: record.grant === null ? 'Audit Log' : 'Grant' } }
      : { user: { uid: person ?? 'unknown' }, privileges: [entitlement ?? 'unknown'] }
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: 3,
    category_name: 'Identity & Access Management',
    class_uid: classUid,
    class_name: change === undefined ? 'Entity Management' : 'User Access Management',
    type_uid: classUid * 100 + activity.id,
    severity_id: ALARMING.has(record.event) ? 4 : 1,
    time: Date.parse(record.at),
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'Gomeisa', vendor_name: 'Gomeisa', version: product.version },
      uid: record.hash,
      sequence: record.seq,
      ...(record.grant !== null && { correlation_uid: record.grant }),
    },
    actor: { user: { uid: record.actor } },
    ...about,
    raw_data: recordLine(record),
  }
}
