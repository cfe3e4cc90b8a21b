import type { Device } from '../devices/device.ts'
import type { Grant } from '../grants/grant.ts'
import type { Freshness } from '../people/evidence.ts'
import { FRESH, type Judge } from './judge.ts'
import type { AccessRequest } from './request.ts'
import type { RequestLedger } from './request-ledger.ts'

export type Use = { readonly allow: true } | { readonly allow: false; readonly why: string }

/** What the giving of credentials asks of requests. */
export interface GrantUse {
  /** The device of the request that gave the grant its present end; undefined: nobody asked for it. */
  readonly deviceOf: (grant: Grant) => Promise<string | undefined>
  /** Whether the grant may be used by this device now. What throws is a no. */
  readonly decide: (grant: Grant, device: Device) => Promise<Use>
}

/**
 * Decides each use of a grant anew: policies, people, entitlements, votes and the device's level as they are at this moment. A
 * presence that was shown for the request counts as long as the grant lasts, unless its passkey was revoked since.
 */
export function grantUse(ledger: RequestLedger, judge: Judge, now: () => number): GrantUse {
  return {
    deviceOf: async (grant) => (await requestBehind(ledger, grant))?.device,
    decide: async (grant, device) => {
      const request = await requestBehind(ledger, grant)
      if (request?.device !== device.id) return { allow: false, why: 'it was asked for on another device' }
      const since = now() - (request.activatedAt ?? now())
      return judged(judge, request, { desk: FRESH.desk + since, phone: FRESH.phone + since })
    },
  }
}

/** The request that was activated last for a grant: the one that made it, or its last extension. */
export async function requestBehind(ledger: RequestLedger, grant: Grant): Promise<AccessRequest | undefined> {
  const all = await ledger.transact((tx) => tx.requestsOfGrant(grant.id))
  return all
    .filter(({ state }) => state === 'activated')
    .sort((a, b) => (b.activatedAt ?? 0) - (a.activatedAt ?? 0))[0]
}

/** What the policies say about a request with what is shown at this moment. Throws what `Judge.verdict` does. */
export function judged(judge: Judge, request: AccessRequest, fresh: Freshness): Use {
  const { decision } = judge.verdict(request, fresh)
  if (decision.decision === 'allow') return { allow: true }
  const by = [...decision.because, ...decision.errors].join(', ') || 'what was shown is not enough any more'
  return { allow: false, why: `the policies deny it: ${by}` }
}
