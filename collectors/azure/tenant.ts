import { setTimeout as pause } from 'node:timers/promises'
import { GomeisaError, ownString } from '../../graph/index.ts'
import { rowsOf } from './calls/call.ts'
import type { Clients } from './clients.ts'
import { failureOf } from './failures.ts'

/**
 * The tenant that the credentials are of (https://learn.microsoft.com/graph/api/organization-list). Throws `CLOUD_UNUSABLE`
 * when Microsoft Graph does not say.
 */
export async function ownTenant(clients: Clients): Promise<string> {
  const url = new URL('/v1.0/organization?$select=id', clients.address('graph'))
  for (let tried = 1; ; tried++) {
    try {
      const [first] = rowsOf(await clients.get('graph', url))
      const id = first === undefined ? undefined : ownString(first, 'id')
      if (id === undefined) throw unsaid('no answer')
      return id.toLowerCase()
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
  return new GomeisaError('CLOUD_UNUSABLE', `Microsoft Graph did not say which tenant this is (${code})`, {
    remedy: 'name it: --tenant ID',
  })
}
