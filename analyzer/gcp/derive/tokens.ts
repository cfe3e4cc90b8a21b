import { nodeId, observed } from '../../../graph/index.ts'
import type { Accepts, Presents } from '../../federation.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import { acceptedTokens } from '../federation.ts'
import type { Context } from './context.ts'

/** What pools accept: told to the joiner, and drawn from the neutral node of whoever holds such a token outside the clouds. */
export function acceptEdges(context: Context, edges: PowerEdges): Accepts[] {
  return acceptedTokens(context.state).map((accepted) => {
    const because = observed(
      accepted.at,
      `provider ${accepted.provider} accepts tokens of ${accepted.issuer}`,
    )
    const { becomes, issuer, judge, presenter, outside } = accepted
    if (accepted.isCloud) return { issuer, becomes, judge, stands: presenter, because }
    const power = {
      kind: 'can-become',
      to: becomes,
      rule: 'workload-federation',
      label: 'federated token',
    } as const
    const conditions = [...outside.conditions, ...outside.missing].map((says) => ({ says }))
    edges.put(power, presenter, conditions, [], () => because)
    return { issuer, becomes, judge, because }
  })
}

/**
 * A service account can get ID tokens of Google for any audience; subject and authorized party are its unique id.
 * https://cloud.google.com/docs/authentication/token-types#id-contents
 */
export function presentedTokens(context: Context): Presents[] {
  return context.state.serviceAccounts.flatMap(({ email, uniqueId, at }) => {
    if (uniqueId === null) return []
    return [
      {
        principal: nodeId('gcp', `serviceAccount:${email}`),
        token: {
          issuer: 'https://accounts.google.com',
          claims: new Map([
            ['sub', uniqueId],
            ['azp', uniqueId],
            ['iss', 'https://accounts.google.com'],
          ]),
          chosen: new Map([['aud', { prefix: '', free: true }]]),
        },
        because: observed(at, `${email} has the unique id ${uniqueId}`),
      },
    ]
  })
}
