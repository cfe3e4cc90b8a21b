import { GomeisaError, ownString } from '../../graph/index.ts'
import { firstAnswer } from '../transport/first-answer.ts'
import { rowsOf } from './calls/assets.ts'
import type { Clients } from './clients.ts'
import { failureOf } from './failures.ts'

/**
 * The one organization that the credentials see. Throws `CLOUD_UNUSABLE` when Google does not say or there is none, `USAGE`
 * when there are several.
 */
export async function soleOrganization(clients: Clients): Promise<string> {
  const ask = () => clients.get('cloudresourcemanager', 'v3/organizations:search', new URLSearchParams())
  const page = await firstAnswer(ask, failureOf, unsaid)
  const found = rowsOf(page, 'organizations').flatMap((row) => ownString(row, 'name') ?? [])
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

function unsaid(code: string): GomeisaError {
  const says = `Google Cloud did not say which organizations there are (${code})`
  return new GomeisaError('CLOUD_UNUSABLE', says, { remedy: 'name what to read: --scope organizations/ID' })
}
