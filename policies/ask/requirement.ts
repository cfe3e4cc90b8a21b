import type { Decider } from '../decide.ts'
import type { Policy } from '../cedar/policy.ts'
import { covers, DEVICE_LEVELS, PRESENCES, rungOf, type Evidence, type Rung } from '../model/evidence.ts'
import { peopleIn } from '../model/quorum.ts'
import type { Approval, Ask, Decision } from '../model/request.ts'
import { evidencePoints, mostEvidence } from './lattice.ts'

/** One least way to be allowed: with anything less of it the answer is no. */
export interface Way {
  readonly evidence: Evidence
  readonly rung: Rung
  /** Ids of the policies that allow it. */
  readonly because: readonly string[]
  /** Whom the policies name: `ask` routes the question, `notify` is told. Words and routing only. */
  readonly ask: readonly string[]
  readonly notify: readonly string[]
}

/** What a request takes. */
export interface Requirement {
  /** The ordinary least ways, easiest first; empty: no evidence will do. */
  readonly ways: readonly Way[]
  /** The emergency ways, apart: never taken unless the person asks for them, and never better than nothing else to do. */
  readonly breakGlass: readonly Way[]
  /** Where there is no ordinary way: what the most evidence is answered. */
  readonly refused?: {
    readonly because: readonly string[]
    readonly errors: readonly string[]
    /** `@advice` of the policies that forbid. */
    readonly advice: readonly string[]
  }
  /** Hash of the policy set. */
  readonly policies: string
}

/**
 * The least evidence that turns deny into allow. Every way was answered "allow" by Cedar, and everything just below it
 * "deny". That nothing is missed rests on the check: more evidence never loses access (check/monotone.ts).
 */
export function requirement(decider: Decider, ask: Ask): Requirement {
  const relevant = decider.relevant('activate', ask.person, ask.entitlement)
  return leastWays(relevant, decider.hash, (evidence) => decider.decide(ask, evidence))
}

/** The least evidence of their own with which `approver` may approve. `evidence` of the approval is not looked at. */
export function approvalRequirement(decider: Decider, approval: Omit<Approval, 'evidence'>): Requirement {
  const relevant = decider.relevant('approve', approval.approver, approval.entitlement)
  return leastWays(relevant, decider.hash, (evidence) => decider.decideApproval({ ...approval, evidence }))
}

function leastWays(
  relevant: readonly Policy[],
  policies: string,
  decide: (evidence: Evidence) => Decision,
): Requirement {
  const ways = climb(relevant, false, [], decide)
  // An ordinary way that the emergency would only repeat is no emergency.
  const breakGlass = climb(relevant, true, ways, decide)
  if (ways.length > 0) return { ways, breakGlass, policies }
  const { because, errors } = decide(mostEvidence(relevant, false))
  const refused = { because, errors, advice: annotated(relevant, because, 'advice') }
  return { ways, breakGlass, refused, policies }
}

function climb(
  relevant: readonly Policy[],
  breakGlass: boolean,
  known: readonly Way[],
  decide: (evidence: Evidence) => Decision,
): readonly Way[] {
  if (!relevant.some(({ effect }) => effect === 'permit')) return []
  const points = [...evidencePoints(relevant, breakGlass)]
  const ways: Way[] = []
  const denied: Evidence[] = []
  const allows = (evidence: Evidence) => {
    if (denied.some((more) => covers(more, evidence))) return false
    const allowed = decide(evidence).decision === 'allow'
    if (!allowed) denied.push(evidence)
    return allowed
  }
  // From the most evidence down: each point that is asked gives a new way, or settles all that lies below it.
  for (const point of points.toReversed()) {
    if ([...known, ...ways].some((way) => covers(point, way.evidence)) || !allows(point)) continue
    const evidence = leastBelow(point, allows)
    const { because } = decide(evidence)
    const [ask, notify] = [annotated(relevant, because, 'ask'), annotated(relevant, because, 'notify')]
    ways.push({ evidence, rung: rungOf(evidence), because, ask, notify })
  }
  const place = ({ evidence }: Way) =>
    points.findIndex((point) => covers(point, evidence) && covers(evidence, point))
  return ways.sort((a, b) => place(a) - place(b))
}

/** Takes away what is not needed, the hardest to show first. `start` is allowed. */
function leastBelow(start: Evidence, allows: (evidence: Evidence) => boolean): Evidence {
  let least = start
  const take = (less: Evidence) => {
    const fits = allows(less)
    if (fits) least = less
    return fits
  }
  for (const quorum of start.quorums) {
    take({ ...least, quorums: least.quorums.filter((each) => each !== quorum) })
  }
  const people = Math.max(0, ...least.quorums.map(peopleIn))
  while (least.approvals > people && take({ ...least, approvals: least.approvals - 1 }));
  if (least.proximity) take({ ...least, proximity: false })
  if (least.phone) take({ ...least, phone: false })
  PRESENCES.slice(0, PRESENCES.indexOf(least.presence)).some((presence) => take({ ...least, presence }))
  DEVICE_LEVELS.slice(0, DEVICE_LEVELS.indexOf(least.device)).some((device) => take({ ...least, device }))
  return least
}

function annotated(policies: readonly Policy[], ids: readonly string[], name: string): readonly string[] {
  const values = policies.flatMap(({ id, annotations }) =>
    ids.includes(id) ? (annotations.get(name) ?? []) : [],
  )
  return [...new Set(values)]
}
