import { approvalRequirement, missingFrom, possibleApprovers, type Person } from '../../policies/index.ts'
import type { Device } from '../devices/device.ts'
import { demand, Refusal } from '../refusal.ts'
import { entry, put, requestIn, waiting, type RequestsContext } from './context.ts'
import type { Prompt } from './evidence-source.ts'
import { FRESH } from './judge.ts'
import { promptFor } from './prompt.ts'
import { approvalOf, contentHash, type AccessRequest, type Vote } from './request.ts'
import { settle } from './settle.ts'

/** Requests that one act may be about. */
export const MOST_TOGETHER = 50

export type Approved =
  | { readonly kind: 'approved'; readonly requests: readonly AccessRequest[] }
  /** What the approver still has to show, for all of them at once. */
  | {
      readonly kind: 'missing'
      readonly requests: readonly AccessRequest[]
      readonly missing: readonly string[]
      readonly prompt: Prompt | undefined
    }

/**
 * Approves requests with one presence for all of them: all or none. Refuses one's own, one of whoever acts for one, and a
 * second vote. A request that has enough by it is activated.
 */
export async function approve(
  context: RequestsContext,
  device: Device,
  ids: readonly string[],
): Promise<Approved> {
  const { offer, ledger, source, decider, judge } = context
  const approver = offer.person(device.person)
  const distinct = several(ids)
  const requests = await ledger.transact((tx) => readAll(context, tx, distinct, approver))
  const matter = approvalOf(requests)
  const { evidence, record } = source.shown(device, matter, FRESH)
  const wanting = requests.find((each) => judge.approval(each, approver, evidence).decision !== 'allow')
  if (wanting !== undefined) {
    const { person: requester, entitlement } = judge.ask(wanting)
    const { ways } = approvalRequirement(decider, { approver, requester, entitlement })
    const [way] = ways
    demand(way !== undefined, 'policy-denies', 'the policies do not let you approve this')
    const missing = missingFrom(evidence, way.evidence)
    return { kind: 'missing', requests, missing, prompt: promptFor(source, device, matter, evidence, way) }
  }
  const at = context.now()
  const { device: level, presence, phone, proximity } = evidence
  await ledger.transact(async (tx) => {
    for (const request of await readAll(context, tx, distinct, approver)) {
      const content = contentHash(request)
      const shown = { level, presence, phone, proximity, record }
      const vote: Vote = { person: approver.id, device: device.id, at, content, ...shown }
      await put(tx, { ...request, votes: [...request.votes, vote] })
      const detail = { content, presence: record ?? null, decision: matter.decision }
      await tx.audit(entry(request, 'approved', { at, actor: approver.id }, detail))
    }
  })
  const settled: AccessRequest[] = []
  for (const { id } of requests) {
    // The vote stands, whatever keeps the request from being activated now: the broker tries again.
    settled.push(await settle(context, id).catch(() => ledger.transact((tx) => requestIn(tx, id))))
  }
  return { kind: 'approved', requests: settled }
}

/** Says no, for good. Whoever could approve may; it takes no presence, because it gives nothing. */
export async function deny(
  context: RequestsContext,
  device: Device,
  ids: readonly string[],
  why: string | undefined,
): Promise<readonly AccessRequest[]> {
  const approver = context.offer.person(device.person)
  const distinct = several(ids)
  const at = context.now()
  return context.ledger.transact(async (tx) => {
    const denied: AccessRequest[] = []
    for (const id of distinct) {
      const request = await requestIn(tx, id)
      mayJudge(context, request, approver)
      waiting(request, at)
      const after = await put(tx, { ...request, state: 'denied', deniedBy: approver.id, why })
      await tx.audit(entry(after, 'denied', { at, actor: approver.id }, { why: why ?? null }))
      denied.push(after)
    }
    return denied
  })
}

/** Whether this person could approve it, with the most evidence of their own. */
export function couldApprove(context: RequestsContext, request: AccessRequest, person: Person): boolean {
  const { offer, decider, judge } = context
  if (offer.oneHand(person.id, request.person)) return false
  try {
    const { person: requester, entitlement } = judge.ask(request)
    return possibleApprovers(decider, requester, entitlement, [person]).length > 0
  } catch (error) {
    // Its person or entitlement is not in the catalogue any more.
    if (error instanceof Refusal) return false
    throw error
  }
}

function several(ids: readonly string[]): readonly string[] {
  const distinct = [...new Set(ids)]
  const fits = distinct.length > 0 && distinct.length <= MOST_TOGETHER
  demand(fits, 'malformed', `name from one to ${MOST_TOGETHER} requests`)
  return distinct
}

async function readAll(
  context: RequestsContext,
  tx: Parameters<typeof requestIn>[0],
  ids: readonly string[],
  approver: Person,
): Promise<readonly AccessRequest[]> {
  const requests: AccessRequest[] = []
  for (const id of ids) {
    const request = await requestIn(tx, id)
    mayJudge(context, request, approver)
    waiting(request, context.now())
    const before = request.votes.some(({ person }) => context.offer.oneHand(person, approver.id))
    demand(!before, 'approved-before', 'you, or somebody who acts for you, approved it already')
    requests.push(request)
  }
  return requests
}

function mayJudge(context: RequestsContext, request: AccessRequest, approver: Person): void {
  const own = context.offer.oneHand(request.person, approver.id)
  demand(!own, 'own-request', 'nobody approves their own request, or that of somebody they act for')
  // Who has no part in it is told as much as who asks for nothing.
  demand(couldApprove(context, request, approver), 'request-unknown', 'there is no such request for you')
}
