import type { Connector } from './connector.ts'
import type { GrantsContext } from './context.ts'
import { wantsAccess, type Access, type Grant, type Kept } from './grant.ts'
import type { GrantTransaction } from './grant-ledger.ts'
import type { Change, Work } from './work.ts'

/**
 * One try to end a grant in `revoking` or `revoke-failing`. It ends without touching the cloud when its access was never
 * touched, stood before, or is covered by another grant; else when the access was removed and seen to be absent after every
 * lost call can have taken effect. There is no last try.
 */
export async function remove(context: GrantsContext, work: Work): Promise<void> {
  const connector = context.connector(work.grant.connector)
  const before = { unsettledUntil: work.access.unsettledUntil, removalUntil: work.access.removalUntil }
  let late = 0
  const ended = await work.write(async (grant, access, tx) => {
    const kept = await whyKept(context, grant, access, tx)
    if (kept !== undefined) return ending(grant, kept === 'untouched' ? undefined : kept)
    if (connector === undefined) return failing(context, grant, 'its connector is not configured')
    late = context.lateUntil(connector)
    return { access: lateUntil(before, late) }
  })
  if (connector === undefined || ended?.grant !== undefined) return
  const { grant } = work
  if (grant.killed) late = await stopUse(context, work, connector, before)
  const outcome = await context.changeBefore(late, connector, (signal) =>
    connector.revoke(grant.recipe, signal),
  )
  const seen = await context.observe(connector, grant)
  await work.write((now) => {
    const settled = outcome.kind === 'uncertain' ? {} : { access: before }
    if (seen.kind === 'unknown') return { ...failing(context, now, seen.why), ...settled }
    // The broker's own is gone, and what is there was added by somebody else: it is theirs to remove.
    const theirs = seen.kind === 'present' && seen.foreign === true && outcome.kind === 'done'
    if (seen.kind === 'present' && !theirs) {
      const why = outcome.kind === 'done' ? 'the access is still there' : outcome.why
      return { ...failing(context, now, why), ...settled }
    }
    const until = settled.access?.unsettledUntil ?? work.access.unsettledUntil
    const end = theirs ? ending(now, 'somebody else gave it') : ending(now, undefined, connector)
    if (until <= context.clock.now()) return { ...end, ...settled }
    const dueAt = until
    return {
      grant: { state: 'revoking', dueAt, failures: 0, trouble: 'a lost call may still take effect' },
      ...settled,
    }
  })
}

async function whyKept(
  context: GrantsContext,
  grant: Grant,
  access: Access,
  tx: GrantTransaction,
): Promise<Kept | 'untouched' | undefined> {
  if (access.stoodBefore === undefined) return 'untouched'
  if (access.stoodBefore) return 'it stood before'
  const others = (await tx.living(access.key)).filter(({ id }) => id !== grant.id)
  const now = context.clock.now()
  const covered = others.some(({ state, deadline }) => wantsAccess(state) && deadline > now)
  return covered ? 'another grant covers it' : undefined
}

/** With a connector the cloud was seen without it, and the record says how long that takes to be heard everywhere. */
function ending(grant: Grant, kept: Kept | undefined, seenBy?: Connector): Change {
  const { typical, worst, residual } = seenBy?.traits.revoke ?? {}
  const heard =
    typical === undefined || worst === undefined || residual === undefined
      ? {}
      : { verified: 'absent', usuallySeconds: typical / 1000, worstSeconds: worst / 1000, residual }
  return {
    grant: { state: grant.endsAs, kept, failures: 0, trouble: undefined },
    drop: kept !== 'another grant covers it',
    event: `grant.${grant.endsAs}`,
    detail: kept === undefined ? heard : { kept },
  }
}

/** Told to the log once, when it begins. */
const failing = (context: GrantsContext, grant: Grant, why: string): Change => ({
  grant: {
    state: 'revoke-failing',
    failures: grant.failures + 1,
    trouble: why,
    dueAt: context.retryAt(grant.failures),
  },
  ...(grant.state !== 'revoke-failing' && { event: 'grant.revoke-failing', detail: { why } }),
})

type Late = Pick<Access, 'unsettledUntil' | 'removalUntil'>

const lateUntil = (before: Late, late: number): Late => ({
  unsettledUntil: Math.max(before.unsettledUntil, late),
  removalUntil: Math.max(before.removalUntil, late),
})

/** Until when the removal that follows may take effect: stopping the use took its own time. */
async function stopUse(
  context: GrantsContext,
  work: Work,
  connector: Connector,
  before: Late,
): Promise<number> {
  const { grant } = work
  const outcome = await context.change((signal) => connector.kill(grant.recipe, { grant: grant.id }, signal))
  const done = outcome.kind === 'done'
  let late = 0
  await work.write((now) => {
    late = context.lateUntil(connector)
    return {
      access: lateUntil(before, late),
      ...(done && { grant: { killed: false } }),
      ...(now.failures === 0 || done
        ? {
            event: done ? 'grant.use-stopped' : 'grant.use-not-stopped',
            detail: done ? {} : { why: outcome.why },
          }
        : {}),
    }
  })
  return late
}
