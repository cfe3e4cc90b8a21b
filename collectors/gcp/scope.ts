import { setTimeout as pause } from 'node:timers/promises'
import { GomeisaError, ownString } from '../../graph/index.ts'
import { rowsOf } from './calls/assets.ts'
import type { Clients } from './clients.ts'
import { failureOf } from './failures.ts'

/**
 * The one organization that the credentials see. Throws `CLOUD_UNUSABLE` when Google does not say or there is none, `USAGE`
 * when there are several.
 */
export async function soleOrganization(clients: Clients): Promise<string> {
  const found = await search(clients)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (only === undefined) {
    throw new GomeisaError('CLOUD_UNUSABLE', 'these credentials see no organization', {
      remedy: 'grant them the role on it (docs/collect.md), or name what to read: --scope projects/ID',
    })
  }
  throw new GomeisaError('USAGE', `these credentials see ${found.length} organizations`, {
    remedy: `name one: ${found.map((name) => `--scope ${name}`).join(' or ')}`,
  })
}

async function search(clients: Clients): Promise<readonly string[]> {
  for (let tried = 1; ; tried++) {
    try {
      const page = await clients.get('cloudresourcemanager', 'v3/organizations:search', new URLSearchParams())
      return rowsOf(page, 'organizations').flatMap((row) => ownString(row, 'name') ?? [])
    } catch (error) {
      const failure = failureOf(error)
      if (failure.is === 'over') throw failure.error
      if (failure.is === 'refused' || tried >= ATTEMPTS) throw unsaid(failure.code)
      const told = failure.is === 'throttled' ? failure.wait : undefined
      await pause(told ?? Math.min(250 * 2 ** tried, 30_000))
    }
  }
}

const ATTEMPTS = 10

function unsaid(code: string): GomeisaError {
  const says = `Google Cloud did not say which organizations there are (${code})`
  return new GomeisaError('CLOUD_UNUSABLE', says, { remedy: 'name what to read: --scope organizations/ID' })
}
