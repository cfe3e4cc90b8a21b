import { GomeisaError, ownString } from '../../graph/index.ts'
import { firstAnswer } from '../transport/first-answer.ts'
import { rowsOf } from './calls/call.ts'
import type { Clients } from './clients.ts'
import { failureOf } from './failures.ts'

/**
 * The tenant that the credentials are of (https://learn.microsoft.com/graph/api/organization-list). Throws `CLOUD_UNUSABLE`
 * when Microsoft Graph does not say.
 */
export async function ownTenant(clients: Clients): Promise<string> {
  const url = new URL('/v1.0/organization?$select=id', clients.address('graph'))
  const answer = await firstAnswer(() => clients.get('graph', url), failureOf, unsaid)
  const [first] = rowsOf(answer)
  const id = first === undefined ? undefined : ownString(first, 'id')
  if (id === undefined) throw unsaid('no answer')
  return id.toLowerCase()
}

function unsaid(code: string): GomeisaError {
  return new GomeisaError('CLOUD_UNUSABLE', `Microsoft Graph did not say which tenant this is (${code})`, {
    remedy: 'name it: --tenant ID',
  })
}
