import type { Context, EntityJson, EntityUid } from '@cedar-policy/cedar-wasm/nodejs'
import type { Entitlement, Person } from '../model/entitlement.ts'
import { DEVICE_LEVELS, PRESENCES, type Evidence } from '../model/evidence.ts'
import type { Ask } from '../model/request.ts'
import { typeName } from './schema.ts'

/** Cedar reads all entities anew on every call, so that a request is given its own closure and nothing else. */
export function entityUid(type: string, id: string): { type: string; id: string } {
  return { type: typeName(type), id }
}

const reference = (type: string, id: string) => ({ __entity: entityUid(type, id) })

export function personEntity(person: Person): EntityJson {
  return {
    uid: entityUid('Person', person.id),
    attrs: { onCall: person.onCall },
    parents: person.groups.map((group): EntityUid => entityUid('Group', group)),
  }
}

export function entitlementEntity(entitlement: Entitlement): EntityJson {
  const { id, cloud, role, scope } = entitlement
  return {
    uid: entityUid('Entitlement', id),
    attrs: {
      cloud,
      role,
      scope,
      environment: reference('Environment', entitlement.environment),
      eligible: entitlement.eligible.map((group) => reference('Group', group)),
      owners: entitlement.owners.map((group) => reference('Group', group)),
      reachesAdministrator: reference('Fact', entitlement.reachesAdministrator),
      opensCrownJewelPath: reference('Fact', entitlement.opensCrownJewelPath),
    },
    parents: entitlement.groups.map((group): EntityUid => entityUid('EntitlementGroup', group)),
  }
}

function evidenceRecord(evidence: Evidence): Context {
  return {
    device: DEVICE_LEVELS.indexOf(evidence.device),
    presence: PRESENCES.indexOf(evidence.presence),
    phone: evidence.phone,
    proximity: evidence.proximity,
    approvals: evidence.approvals,
    quorums: evidence.quorums.map((quorum) => reference('Quorum', quorum)),
    breakGlass: evidence.breakGlass,
  }
}

export function activateContext(ask: Ask, evidence: Evidence): Context {
  return {
    evidence: evidenceRecord(evidence),
    durationSeconds: ask.durationSeconds,
    reason: ask.reason,
    ticket: ask.ticket,
    now: { __extn: { fn: 'datetime', arg: ask.now } },
  }
}

export function approveContext(requester: Person, evidence: Evidence): Context {
  return { evidence: evidenceRecord(evidence), requester: reference('Person', requester.id) }
}
