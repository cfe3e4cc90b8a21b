import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Approval, Ask, Evidence } from '../../../policies/index.ts'

/**
 * The slow and obviously right way: the whole set as text, every attribute of every entity, the request validated against
 * the schema, nothing prepared, sliced or left out; the requirement by asking about all evidence there is.
 */
const SCHEMA = readFileSync(join(import.meta.dirname, '../../../policies/cedar/gomeisa.cedarschema'), 'utf8')
const uid = (type: string, id: string) => ({ type: `Gomeisa::${type}`, id })
const entity = (type: string, id: string) => ({ __entity: uid(type, id) })

type Who = Ask['person']

function entities(people: readonly Who[], role: Ask['entitlement']): cedar.Entities {
  return [
    ...people.map((person) => ({
      uid: uid('Person', person.id),
      attrs: { onCall: person.onCall },
      parents: person.groups.map((group) => uid('Group', group)),
    })),
    {
      uid: uid('Entitlement', role.id),
      attrs: {
        cloud: role.cloud,
        role: role.role,
        scope: role.scope,
        environment: entity('Environment', role.environment),
        eligible: role.eligible.map((group) => entity('Group', group)),
        owners: role.owners.map((group) => entity('Group', group)),
        reachesAdministrator: entity('Fact', role.reachesAdministrator),
        opensCrownJewelPath: entity('Fact', role.opensCrownJewelPath),
      },
      parents: role.groups.map((group) => uid('EntitlementGroup', group)),
    },
  ]
}

function record(evidence: Evidence) {
  return {
    device: { none: 0, software: 1, hardware: 2, tpm: 3 }[evidence.device],
    presence: { none: 0, touch: 1, verified: 2 }[evidence.presence],
    phone: evidence.phone,
    proximity: evidence.proximity,
    approvals: evidence.approvals,
    quorums: evidence.quorums.map((quorum) => entity('Quorum', quorum)),
    breakGlass: evidence.breakGlass,
  }
}

export type Answer = 'allow' | 'deny' | 'error'

function answer(call: Omit<cedar.AuthorizationCall, 'schema' | 'validateRequest'>): Answer {
  const said = cedar.isAuthorized({ ...call, schema: SCHEMA, validateRequest: true })
  if (said.type === 'failure' || said.response.diagnostics.errors.length > 0) return 'error'
  return said.response.decision
}

/** `text`: the whole set. */
export function decideSlowly(text: string, ask: Ask, evidence: Evidence): Answer {
  return answer({
    principal: uid('Person', ask.person.id),
    action: uid('Action', 'activate'),
    resource: uid('Entitlement', ask.entitlement.id),
    context: {
      evidence: record(evidence),
      durationSeconds: ask.durationSeconds,
      reason: ask.reason,
      ticket: ask.ticket,
      now: { __extn: { fn: 'datetime', arg: ask.now } },
    },
    policies: { staticPolicies: text },
    entities: entities([ask.person], ask.entitlement),
  })
}

export function decideApprovalSlowly(text: string, approval: Approval): Answer {
  if (approval.approver.id === approval.requester.id) return 'deny'
  return answer({
    principal: uid('Person', approval.approver.id),
    action: uid('Action', 'approve'),
    resource: uid('Entitlement', approval.entitlement.id),
    context: { evidence: record(approval.evidence), requester: entity('Person', approval.requester.id) },
    policies: { staticPolicies: text },
    entities: entities([approval.approver, approval.requester], approval.entitlement),
  })
}

/**
 * Every combination of evidence up to so many approvals, with these quorums (each with the people it takes). A quorum that
 * is met has been met by people, so that approvals are no fewer.
 */
export function allEvidence(
  breakGlass: boolean,
  mostApprovals: number,
  quorums: ReadonlyMap<string, number>,
): readonly Evidence[] {
  const points: Evidence[] = []
  for (const device of ['none', 'software', 'hardware', 'tpm'] as const)
    for (const presence of ['none', 'touch', 'verified'] as const)
      for (const phone of [false, true])
        for (const proximity of [false, true])
          for (let approvals = 0; approvals <= mostApprovals; approvals++)
            for (let bits = 0; bits < 2 ** quorums.size; bits++) {
              const met = [...quorums].filter((_, i) => (bits >> i) & 1)
              if (met.some(([, people]) => people > approvals)) continue
              const names = met.map(([name]) => name)
              points.push({ device, presence, phone, proximity, approvals, quorums: names, breakGlass })
            }
  return points
}

/** Whether `a` is no more than `b` in any respect. Written out here, not taken from the product. */
export function noMoreThan(a: Evidence, b: Evidence): boolean {
  const numbers = (e: Evidence) => Object.values({ ...record(e), quorums: 0 }).map(Number)
  const [left, right] = [numbers(a), numbers(b)]
  return left.every((n, i) => n <= right[i]!) && a.quorums.every((quorum) => b.quorums.includes(quorum))
}

/** The allowed points that have no other allowed point below them, as sorted JSON. */
export function leastAllowed(points: readonly Evidence[], allows: (evidence: Evidence) => boolean): string[] {
  const allowed = points.filter(allows)
  const least = allowed.filter(
    (point) => !allowed.some((other) => other !== point && noMoreThan(other, point)),
  )
  return least.map(evidenceText).sort()
}

export function evidenceText(evidence: Evidence): string {
  return JSON.stringify([record({ ...evidence, quorums: [] }), [...evidence.quorums].sort()])
}

/** Whether seats can be filled with distinct people, by trying every order of the people. */
export function quorumByTrying(seats: readonly (readonly string[])[], people: readonly Who[]): boolean {
  const [seat, ...others] = seats
  if (seat === undefined) return true
  return people.some(
    (person, i) =>
      person.groups.some((g) => seat.includes(g)) && quorumByTrying(others, people.toSpliced(i, 1)),
  )
}
