import { collectPages, type CollectPagesReport } from '../transport/collect-pages.ts'
import type { CollectOptions } from '../transport/collection.ts'
import type { Quota } from '../transport/lanes.ts'
import { type GcpCall, LANES } from './calls/call.ts'
import { chosenCalls, type LeftOut } from './calls/table.ts'
import { type ClientOptions, Clients } from './clients.ts'
import { soleOrganization } from './scope.ts'

export interface CollectGcpOptions extends ClientOptions, CollectOptions {
  /** `organizations/1`, `folders/1` or `projects/name`; the one organization of the credentials unless told. */
  readonly scope?: string
  readonly without: readonly LeftOut[]
  /** Reads of deny policies, and of boundaries, a minute: five unless a larger quota was granted. */
  readonly policyReads?: number
}

export interface CollectGcpReport extends CollectPagesReport {
  readonly scope: string
}

/**
 * Reads an organization, a folder or a project of Google Cloud and keeps the answers as one snapshot. What was refused is a
 * gap of the snapshot. Killed at any moment, the same call goes on where it was. Throws `CLOUD_UNUSABLE` without usable
 * credentials, `USAGE` when it must be told which organization, `STORE_UNUSABLE` when the work cannot be written.
 */
export async function collectGcp(options: CollectGcpOptions): Promise<CollectGcpReport> {
  const sender = new Clients(options)
  try {
    const scope = options.scope ?? (await soleOrganization(sender))
    const { without, endpoints, policyReads } = options
    const report = await collectPages(
      {
        cloud: 'gcp',
        scope,
        asked: { scope },
        without,
        endpoints,
        calls: chosenCalls(without),
        sender,
        quota: (call) => quotaOf(call, policyReads),
      },
      options,
    )
    return { ...report, scope }
  } finally {
    await sender.close()
  }
}

function quotaOf({ lane }: GcpCall, policyReads: number | undefined): Quota {
  const quota = LANES[lane]
  const isSmall = lane === 'deny-policies' || lane === 'boundaries'
  return isSmall && policyReads !== undefined ? { ...quota, perMinute: policyReads } : quota
}
