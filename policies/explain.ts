import type { Decider } from './decide.ts'
import type { Entitlement, Person } from './model/entitlement.ts'
import { covers, DEVICE_LEVELS, PRESENCES, type Evidence } from './model/evidence.ts'
import { peopleIn } from './model/quorum.ts'
import type { Ask, Decision } from './model/request.ts'
import { requirement, type Requirement } from './ask/requirement.ts'

/** Why a request is answered as it is. */
export interface Explanation {
  /** The answer to the evidence at hand. */
  readonly decided: Decision
  /** What it takes, whatever is at hand. */
  readonly requirement: Requirement
  /** For each least way, what is not yet there; empty lists where it is allowed already. Beside `requirement.ways`. */
  readonly missing: readonly (readonly string[])[]
  /** Ids of all policies whose scope fits the request. */
  readonly considered: readonly string[]
}

export function explainAsk(decider: Decider, ask: Ask, evidence: Evidence): Explanation {
  const needs = requirement(decider, ask)
  return {
    decided: decider.decide(ask, evidence),
    requirement: needs,
    missing: needs.ways.map((way) => missingFrom(evidence, way.evidence)),
    considered: decider.relevant('activate', ask.person, ask.entitlement).map(({ id }) => id),
  }
}

/** What `wanted` shows and `have` does not, in words; empty where `have` covers it. */
export function missingFrom(have: Evidence, wanted: Evidence): readonly string[] {
  if (covers(have, wanted)) return []
  const quorums = wanted.quorums.filter((quorum) => !have.quorums.includes(quorum))
  // Who makes up a quorum counts as a person who approved: only those beyond it are asked for besides.
  const people = wanted.approvals - Math.max(have.approvals, ...quorums.map(peopleIn))
  const more = have.approvals > 0 || quorums.length > 0 ? 'more ' : ''
  return [
    DEVICE_LEVELS.indexOf(have.device) < DEVICE_LEVELS.indexOf(wanted.device) && `device: ${wanted.device}`,
    PRESENCES.indexOf(have.presence) < PRESENCES.indexOf(wanted.presence) &&
      (wanted.presence === 'touch' ? 'a touch' : 'PIN or biometric'),
    wanted.phone && !have.phone && 'the phone',
    wanted.proximity && !have.proximity && 'the phone near',
    people > 0 && (people === 1 ? `one ${more}person` : `${people} ${more}people`),
    ...quorums,
    wanted.breakGlass && !have.breakGlass && 'break glass',
  ].filter((part) => part !== false)
}

/** Who of these people could approve, each taken with the most evidence of their own. The requester never can. */
export function possibleApprovers(
  decider: Decider,
  requester: Person,
  entitlement: Entitlement,
  people: readonly Person[],
): readonly Person[] {
  const evidence: Evidence = {
    device: 'tpm',
    presence: 'verified',
    phone: true,
    proximity: true,
    approvals: 0,
    quorums: [],
    breakGlass: false,
  }
  return people.filter((approver) => {
    return decider.decideApproval({ approver, requester, entitlement, evidence }).decision === 'allow'
  })
}
