import { approvalRequirement, requirement, type Requirement, type Way } from '../ask/requirement.ts'
import type { Decider, PolicyAction } from '../decide.ts'
import { covers } from '../model/evidence.ts'
import type { Catalogue } from '../model/catalogue.ts'
import type { Person } from '../model/entitlement.ts'
import type { Ask } from '../model/request.ts'
import { Alike } from './alike.ts'

/**
 * `gained`: no evidence was enough, now some is. `lost`: the other way round. `easier`: some evidence is enough now that was
 * not. `harder`: some is no longer enough, and none became so. `otherwise`: both.
 */
export type Change = 'gained' | 'lost' | 'easier' | 'harder' | 'otherwise'

export interface Difference {
  readonly change: Change
  /** To have the entitlement, or to approve what somebody else asks for. */
  readonly action: PolicyAction
  /** Whether it is about the emergency ways. */
  readonly breakGlass: boolean
  /** Whom it concerns: every person with every one of the entitlements. Ids in order. */
  readonly people: readonly string[]
  readonly entitlements: readonly string[]
  readonly before: readonly Way[]
  readonly after: readonly Way[]
}

/** What each request asks for while two sets are compared. */
export type AskedAs = Pick<Ask, 'durationSeconds' | 'reason' | 'ticket' | 'now'>

/** Who asks while it is compared who may approve: somebody of no group, not on call. */
const SOMEBODY: Person = { id: 'somebody else', groups: [], onCall: false }

/** Who gains what, and who loses it, when `after` takes the place of `before`: all people with all entitlements. */
export function diffPolicies(
  before: Decider,
  after: Decider,
  catalogue: Catalogue,
  as: AskedAs,
): readonly Difference[] {
  const alike = new Alike([...before.policies, ...after.policies], catalogue.entitlements)
  const people = [...Map.groupBy(catalogue.people, (person) => alike.person(person)).values()]
  const entitlements = [...Map.groupBy(catalogue.entitlements, (each) => alike.entitlement(each)).values()]
  const differences = people.flatMap((persons) =>
    entitlements.flatMap((roles) => {
      const [person, entitlement] = [persons[0], roles[0]]
      if (person === undefined || entitlement === undefined) return []
      const ask = { ...as, person, entitlement }
      const approval = { approver: person, requester: SOMEBODY, entitlement }
      const whom = {
        people: persons.map(({ id }) => id).sort(),
        entitlements: roles.map(({ id }) => id).sort(),
      }
      return [
        ...changes('activate', requirement(before, ask), requirement(after, ask)),
        ...changes('approve', approvalRequirement(before, approval), approvalRequirement(after, approval)),
      ].map((change) => ({ ...change, ...whom }))
    }),
  )
  return merged(differences)
}

function changes(action: PolicyAction, old: Requirement, now: Requirement) {
  const ordinary = changeOf(old.ways, now.ways)
  // An emergency way that has become an ordinary one is not lost: both are looked at together.
  const gained = !within(now.breakGlass, [...old.ways, ...old.breakGlass])
  const lost = !within(old.breakGlass, [...now.ways, ...now.breakGlass])
  const glass = changeOf(lost ? old.breakGlass : [], gained ? now.breakGlass : [])
  return [
    ...(ordinary ? [{ change: ordinary, action, breakGlass: false, before: old.ways, after: now.ways }] : []),
    ...(glass
      ? [{ change: glass, action, breakGlass: true, before: old.breakGlass, after: now.breakGlass }]
      : []),
  ]
}

/** The same change told once: first for all entitlements of the same people, then for all people with these. */
function merged(differences: readonly Difference[]): readonly Difference[] {
  const alike = ({ change, action, breakGlass, before, after }: Difference) => [
    change,
    action,
    breakGlass,
    before,
    after,
  ]
  const byPeople = Map.groupBy(differences, (each) => JSON.stringify([alike(each), each.people]))
  const wider = [...byPeople.values()].flatMap(([first, ...others]): readonly Difference[] =>
    first === undefined
      ? []
      : [{ ...first, entitlements: [first, ...others].flatMap((e) => e.entitlements).sort() }],
  )
  const byEntitlements = Map.groupBy(wider, (each) => JSON.stringify([alike(each), each.entitlements]))
  return [...byEntitlements.values()].flatMap(([first, ...others]): readonly Difference[] =>
    first === undefined ? [] : [{ ...first, people: [first, ...others].flatMap((e) => e.people).sort() }],
  )
}

function within(some: readonly Way[], all: readonly Way[]): boolean {
  return some.every(({ evidence }) => all.some((way) => covers(evidence, way.evidence)))
}

/** Compares what two lists of least ways allow: all evidence that covers one of them. */
export function changeOf(before: readonly Way[], after: readonly Way[]): Change | undefined {
  const [nothingNew, nothingGone] = [within(after, before), within(before, after)]
  if (nothingNew && nothingGone) return undefined
  if (before.length === 0) return 'gained'
  if (after.length === 0) return 'lost'
  if (nothingGone) return 'easier'
  return nothingNew ? 'harder' : 'otherwise'
}
