import type { CedarValueJson, Context, EntityJson, EntityUid } from '@cedar-policy/cedar-wasm/nodejs'
import type { Entitlement, Person } from '../model/entitlement.ts'
import { DEVICE_LEVELS, PRESENCES, type Evidence } from '../model/evidence.ts'
import type { Ask } from '../model/request.ts'
import type { Reads } from './reads.ts'
import { typeName } from './schema.ts'

/** Builds what Cedar is given of a request, as far as the policies that are asked read it. */
export function entityUid(type: string, id: string): { type: string; id: string } {
  return { type: typeName(type), id }
}

const reference = (type: string, id: string) => ({ __entity: entityUid(type, id) })

type Attributes = Record<string, CedarValueJson>

/** The members that are read, each made only then. */
function only(
  wanted: (name: string) => boolean,
  members: Readonly<Record<string, () => CedarValueJson>>,
): Attributes {
  const kept: Attributes = {}
  for (const [name, value] of Object.entries(members)) if (wanted(name)) kept[name] = value()
  return kept
}

/** `near`: groups that matter because the entitlement names them, whatever the policies name. */
export function personEntity(person: Person, near: Entitlement, reads: Reads): EntityJson {
  const matters = (group: string) =>
    reads.names('Group', group) || near.eligible.includes(group) || near.owners.includes(group)
  return {
    uid: entityUid('Person', person.id),
    attrs: only(reads.attribute, { onCall: () => person.onCall }),
    parents: person.groups.filter(matters).map((group): EntityUid => entityUid('Group', group)),
  }
}

export function entitlementEntity(entitlement: Entitlement, reads: Reads): EntityJson {
  const { id, cloud, role, scope, groups, eligible, owners } = entitlement
  return {
    uid: entityUid('Entitlement', id),
    attrs: only(reads.attribute, {
      cloud: () => cloud,
      role: () => role,
      scope: () => scope,
      environment: () => reference('Environment', entitlement.environment),
      eligible: () => eligible.map((group) => reference('Group', group)),
      owners: () => owners.map((group) => reference('Group', group)),
      reachesAdministrator: () => reference('Fact', entitlement.reachesAdministrator),
      opensCrownJewelPath: () => reference('Fact', entitlement.opensCrownJewelPath),
    }),
    parents: groups
      .filter((group) => reads.names('EntitlementGroup', group))
      .map((group): EntityUid => entityUid('EntitlementGroup', group)),
  }
}

function evidenceRecord(evidence: Evidence, reads: Reads): Attributes {
  return only(reads.evidence, {
    device: () => DEVICE_LEVELS.indexOf(evidence.device),
    presence: () => PRESENCES.indexOf(evidence.presence),
    phone: () => evidence.phone,
    proximity: () => evidence.proximity,
    approvals: () => evidence.approvals,
    quorums: () => evidence.quorums.map((quorum) => reference('Quorum', quorum)),
    breakGlass: () => evidence.breakGlass,
  })
}

export function activateContext(ask: Ask, evidence: Evidence, reads: Reads): Context {
  return only(reads.attribute, {
    evidence: () => evidenceRecord(evidence, reads),
    durationSeconds: () => ask.durationSeconds,
    reason: () => ask.reason,
    ticket: () => ask.ticket,
    now: () => ({ __extn: { fn: 'datetime', arg: ask.now } }),
  })
}

export function approveContext(requester: Person, evidence: Evidence, reads: Reads): Context {
  return only(reads.attribute, {
    evidence: () => evidenceRecord(evidence, reads),
    requester: () => reference('Person', requester.id),
  })
}
