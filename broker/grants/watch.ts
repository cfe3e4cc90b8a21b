import type { GrantsContext } from './context.ts'
import type { Work } from './work.ts'

/** Looks whether an active grant is still as it was made; what somebody else changed is flagged for ever, and not repaired. */
export async function watch(context: GrantsContext, work: Work): Promise<void> {
  const now = () => context.clock.now()
  if (now() >= work.grant.deadline) {
    await work.write((grant) =>
      grant.state === 'active' && now() >= grant.deadline
        ? {
            grant: { state: 'revoking', endsAs: 'ended', failures: 0, dueAt: now() },
            event: 'grant.revoking',
            detail: {},
          }
        : undefined,
    )
    return
  }
  const connector = context.connector(work.grant.connector)
  const seen = connector && (await context.observe(connector, work.grant))
  await work.write((grant) => {
    if (grant.state !== 'active') return undefined
    const dueAt = Math.min(grant.deadline, now() + context.lookEvery)
    const drifted = seen?.kind === 'absent' || (seen?.kind === 'present' && seen.altered)
    if (!drifted || grant.externallyModified) return { grant: { dueAt } }
    const detail = { seen: seen.kind === 'absent' ? 'absent' : 'altered' }
    return { grant: { dueAt, externallyModified: true }, event: 'grant.drifted', detail }
  })
}
