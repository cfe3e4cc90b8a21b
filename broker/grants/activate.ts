import type { Connector, GrantTerms, Outcome } from './connector.ts'
import type { GrantsContext } from './context.ts'
import { wantsAccess, type Grant } from './grant.ts'
import type { Change, Work } from './work.ts'

/**
 * One try to make the access of a grant in `intent` or `activating` be there. Whatever stops it, the row says beforehand what may
 * have happened, so that the next try, of this or another broker, goes on from there.
 */
export async function activate(context: GrantsContext, work: Work): Promise<void> {
  const now = () => context.clock.now()
  if (now() >= work.grant.deadline) return giveUp(work, 'its time was over before it was issued')
  const decision = await decided(context, work.grant)
  if (!decision.allow) return giveUp(work, decision.why)
  const connector = context.connector(work.grant.connector)
  if (connector === undefined) return retry(context, work, 'its connector is not configured')
  if (work.access.removalUntil > now()) {
    // A removal for an earlier grant may still take effect, and would take this one's access.
    const dueAt = Math.min(work.access.removalUntil, work.grant.deadline)
    await work.write(() => ({ grant: { dueAt } }))
    return
  }
  let { stoodBefore } = work.access
  if (stoodBefore === undefined) {
    const seen = await context.observe(connector, work.grant)
    if (seen.kind === 'unknown') return retry(context, work, seen.why)
    stoodBefore = seen.kind === 'present'
  }
  if (stoodBefore) {
    await work.write((grant) =>
      onlyActivating(grant, () => ({
        ...activated(context, grant, grant.deadline),
        access: { stoodBefore: true },
      })),
    )
    return
  }
  await issue(context, work, connector)
}

/** Writes that the cloud is about to be touched, and touches it. */
async function issue(context: GrantsContext, work: Work, connector: Connector): Promise<void> {
  const before = work.access.unsettledUntil
  let [until, late] = [0, 0]
  const going = await work.write(async (grant, access, tx) => {
    const rivals = (await tx.living(access.key)).filter(({ state }) => wantsAccess(state))
    // Where grants overlap, none of them may shorten what another was promised.
    until = Math.max(...rivals.map(({ deadline }) => deadline), grant.deadline)
    late = context.lateUntil(connector)
    const unsettledUntil = Math.max(before, late)
    const access_ = { stoodBefore: false, unsettledUntil }
    const event = { event: 'grant.activating', detail: { deadline: iso(grant.deadline) } }
    return onlyActivating(grant, () => ({ grant: { state: 'activating' }, access: access_, ...event }))
  })
  if (going === undefined) return
  const { grant } = work
  const terms: GrantTerms = { ...grant, grant: grant.id, deadline: until }
  const key = `${grant.id}:${grant.generation}`
  const outcome = await context.changeBefore(late, connector, (signal) =>
    connector.issue(grant.plan, terms, key, signal),
  )
  await work.write((now) => afterIssue(context, now, grant.generation, outcome, before))
}

function afterIssue(
  context: GrantsContext,
  grant: Grant,
  generation: number,
  outcome: Outcome,
  before: number,
): Change | undefined {
  const settled = { access: { unsettledUntil: before } }
  // Meanwhile revoked: the removal goes on from what is settled.
  if (grant.state !== 'activating') return outcome.kind === 'uncertain' ? undefined : settled
  // Meanwhile extended: what was issued is not what is wanted now.
  if (grant.generation !== generation) return outcome.kind === 'uncertain' ? undefined : settled
  if (outcome.kind === 'done') return { ...activated(context, grant, grant.deadline), ...settled }
  if (outcome.kind === 'refused') return { ...refused(context, grant, outcome.why), ...settled }
  return retried(context, grant, outcome.why)
}

function activated(context: GrantsContext, grant: Grant, issuedUntil: number): Change {
  return {
    grant: {
      state: 'active',
      issuedUntil,
      failures: 0,
      trouble: undefined,
      dueAt: Math.min(grant.deadline, context.clock.now() + context.lookEvery),
    },
    event: grant.issuedUntil === undefined ? 'grant.active' : 'grant.extended',
    detail: { deadline: iso(grant.deadline) },
  }
}

/** An extension that is refused leaves what there was; anything else is compensated. */
function refused(context: GrantsContext, grant: Grant, why: string): Change {
  if (grant.issuedUntil !== undefined) {
    const deadline = grant.issuedUntil
    const dueAt = Math.min(deadline, context.clock.now() + context.lookEvery)
    return {
      grant: { state: 'active', deadline, trouble: why, failures: 0, dueAt },
      event: 'grant.extension-refused',
      detail: { why, deadline: iso(deadline) },
    }
  }
  return {
    grant: { state: 'revoking', endsAs: 'failed', trouble: why, failures: 0, dueAt: context.clock.now() },
    event: 'grant.refused',
    detail: { why },
  }
}

/**
 * Not to be issued any more. What may be there is removed: of an earlier try, or of a grant that ended meanwhile because this
 * one was to cover its access.
 */
async function giveUp(work: Work, why: string): Promise<void> {
  await work.write((grant, { stoodBefore }) =>
    onlyActivating(grant, () => {
      const late = why.startsWith('its time')
      const unissued = late ? 'expired' : 'denied'
      if (grant.state === 'intent' && stoodBefore !== false) {
        return {
          grant: { state: unissued, trouble: why },
          drop: true,
          event: `grant.${unissued}`,
          detail: { why },
        }
      }
      if (grant.issuedUntil !== undefined && !late) {
        const deadline = grant.issuedUntil
        const back = { state: 'active', deadline, trouble: why, dueAt: 0 } as const
        return { grant: back, event: 'grant.extension-refused', detail: { why } }
      }
      const never = grant.state === 'intent' ? unissued : 'failed'
      const endsAs = grant.issuedUntil === undefined ? never : 'ended'
      return {
        grant: { state: 'revoking', endsAs, trouble: why, failures: 0, dueAt: 0 },
        event: 'grant.revoking',
        detail: { why },
      }
    }),
  )
}

async function decided(context: GrantsContext, grant: Grant) {
  try {
    return await context.decide(grant)
  } catch {
    return { allow: false, why: 'the decision failed' } as const
  }
}

const retried = (context: GrantsContext, grant: Grant, why: string): Change => ({
  grant: {
    failures: grant.failures + 1,
    trouble: why,
    dueAt: Math.min(context.retryAt(grant.failures), grant.deadline),
  },
})

async function retry(context: GrantsContext, work: Work, why: string): Promise<void> {
  await work.write((grant) => onlyActivating(grant, () => retried(context, grant, why)))
}

function onlyActivating(grant: Grant, change: () => Change): Change | undefined {
  return grant.state === 'intent' || grant.state === 'activating' ? change() : undefined
}

const iso = (at: number): string => new Date(at).toISOString()
