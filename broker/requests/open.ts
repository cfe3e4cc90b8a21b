import type { Decider } from '../../policies/index.ts'
import type { GrantClock } from '../grants/context.ts'
import type { Grant } from '../grants/grant.ts'
import { Grants } from '../grants/grants.ts'
import type { ConnectorRegistry } from './connector-registry.ts'
import type { EvidenceSource } from './evidence-source.ts'
import { FRESH_AT_ISSUE, Judge } from './judge.ts'
import { grantUse, judged, requestBehind, type GrantUse, type Use } from './grant-use.ts'
import type { Offer } from './offer.ts'
import type { RequestLedger } from './request-ledger.ts'
import { Requests } from './requests.ts'

export interface RequestsOptions {
  readonly ledger: RequestLedger
  readonly connectors: ConnectorRegistry
  readonly offer: Offer
  readonly decider: Decider
  readonly source: EvidenceSource
  readonly clock: GrantClock
  readonly random: () => number
  /** Ids that people type. */
  readonly newId: () => string
  readonly mayForceClose?: (person: string) => Promise<boolean>
  /** Milliseconds; eight hours unless told. */
  readonly openFor?: number
  /** Three unless told. */
  readonly mostExtensions?: number
}

export interface OpenRequests {
  readonly requests: Requests
  readonly grants: Grants
  /** For the routes that give credentials out. */
  readonly use: GrantUse
  /** Works until the signal is aborted; throws when the ledger cannot be used: whoever started it must then stop. */
  readonly run: (signal: AbortSignal) => Promise<void>
}

const HOUR = 3_600_000
const LOOK_EVERY = 2_000

/** Requests over a ledger, with the grants that come of them: every issue is decided again by the same judge. */
export function openRequests(options: RequestsOptions): OpenRequests {
  const { ledger, connectors, offer, decider, source, clock, random, newId } = options
  const now = () => clock.now()
  const judge = new Judge({ offer, decider, source, now })
  const grants = new Grants({
    ...{ ledger, clock, random, newId },
    connectors: connectors.all,
    decide: (grant) => decideIssue(ledger, judge, grant),
    mayForceClose: options.mayForceClose ?? (() => Promise.resolve(false)),
  })
  const { openFor = 8 * HOUR, mostExtensions = 3 } = options
  const shared = { ledger, grants, judge, offer, decider, source, connectors, now, newId }
  const requests = new Requests({ ...shared, openFor, mostExtensions })
  return {
    requests,
    grants,
    use: grantUse(ledger, judge, now),
    run: async (signal) => {
      const both = new AbortController()
      signal.addEventListener('abort', () => both.abort())
      const looking = async () => {
        while (!both.signal.aborted) {
          await requests.tick()
          await clock.sleep(LOOK_EVERY, both.signal)
        }
      }
      try {
        await Promise.all([looking(), grants.run(both.signal)])
      } finally {
        both.abort()
      }
    },
  }
}

/** The request behind a grant, decided once more with what is still shown; what throws is a no. */
async function decideIssue(ledger: RequestLedger, judge: Judge, grant: Grant): Promise<Use> {
  const request = await requestBehind(ledger, grant)
  if (request === undefined) return { allow: false, why: 'nobody asked for it' }
  return judged(judge, request, FRESH_AT_ISSUE)
}
