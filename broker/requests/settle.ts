import type { Prepared } from '../grants/grants.ts'
import { Refusal } from '../refusal.ts'
import { entry, put, requestIn, type RequestsContext } from './context.ts'
import type { AccessRequest } from './request.ts'

/** Tries that a request gets when others change it at the same time. */
const TRIES = 100

/**
 * Activates a request if what is shown now is enough, and ends one whose time is over. The grant is written together with the
 * request, only if nobody has changed the request since the decision: of many who try at once, one succeeds. Its time runs from
 * here. Throws what a connector or a grant says no with.
 */
export async function settle(context: RequestsContext, id: string): Promise<AccessRequest> {
  for (let tries = 0; tries < TRIES; tries++) {
    const request = await context.ledger.transact((tx) => requestIn(tx, id))
    const now = context.now()
    if (request.state !== 'awaiting') return request
    if (now >= request.openUntil) return expire(context, request, 'nobody took it up in time')
    if (now < (request.startsAt ?? 0)) return request
    const { decision, evidence, record } = context.judge.verdict(request)
    if (decision.decision !== 'allow') return request
    const prepared = await prepare(context, request, now)
    const settled = await context.ledger.transact(async (tx) => {
      const grant = prepared.grant.id
      const after = await tx.updateRequest({ ...request, state: 'activated', activatedAt: now, grant })
      if (after === undefined) return undefined
      await prepared.write(tx)
      const { because, policies } = decision
      const detail = { evidence: { ...evidence }, presence: record ?? null, because, policies }
      const by = { at: now, actor: request.person }
      await tx.audit(entry(after, 'activated', by, detail))
      if (request.breakGlass)
        await tx.audit(entry(after, 'broke-glass', by, { reason: request.reason ?? null }))
      return after
    })
    if (settled !== undefined) return settled
  }
  throw new Refusal('too-many', 'too many change this request at the same time')
}

function prepare(context: RequestsContext, request: AccessRequest, now: number): Promise<Prepared> {
  const { person, entitlement, durationSeconds, reason, ticket } = request
  const length = durationSeconds * 1000
  if (request.extends !== undefined) return extension(context, request.extends, length, person)
  const connector = context.connectors.for(context.offer.entitlement(entitlement))
  if (connector === undefined)
    throw new Refusal('entitlement-unknown', 'no connector gives this entitlement now')
  const words = [ticket, reason].filter((each) => each !== undefined).join(': ')
  const wish = { person, entitlement, connector: connector.name, reason: words, by: person }
  return context.grants.prepare({ ...wish, deadline: now + length })
}

async function extension(
  context: RequestsContext,
  id: string,
  length: number,
  by: string,
): Promise<Prepared> {
  const grant = await context.grants.grant(id)
  return context.grants.prepareExtension(id, grant.startsAt + length, by)
}

export async function expire(
  context: RequestsContext,
  request: AccessRequest,
  why: string,
): Promise<AccessRequest> {
  const at = context.now()
  return context.ledger.transact(async (tx) => {
    const now = await requestIn(tx, request.id)
    if (now.state !== 'awaiting') return now
    const after = await put(tx, { ...now, state: 'expired', why })
    await tx.audit(entry(after, 'expired', { at, actor: 'broker' }, { why }))
    return after
  })
}
