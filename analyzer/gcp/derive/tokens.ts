import { nodeId, observed } from '../../../graph/index.ts'
import type { Accepts, Presents } from '../../federation.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import { acceptedTokens } from '../federation.ts'
import type { Context } from './context.ts'

/** What pools accept: told to the joiner, and drawn from the neutral node of whoever holds such a token. */
export function acceptEdges(context: Context, edges: PowerEdges): Accepts[] {
  return acceptedTokens(context.state).map((accepted) => {
    const because = observed(
      accepted.at,
      `provider ${accepted.provider} accepts tokens of ${accepted.issuer}`,
    )
    const power = {
      kind: 'can-become',
      to: accepted.becomes,
      rule: 'workload-federation',
      label: 'federated token',
    } as const
    const conditions = accepted.conditions.map((says) => ({ says }))
    edges.put(power, accepted.presenter, conditions, [], () => because)
    return {
      issuer: accepted.issuer,
      ...(accepted.subject === null ? {} : { subject: accepted.subject }),
      becomes: accepted.becomes,
      conditions: accepted.conditions,
      because,
    }
  })
}

/** A service account can get tokens of Google that name it by its unique id (OpenID Connect for service accounts). */
export function presentedTokens(context: Context): Presents[] {
  return context.state.serviceAccounts.flatMap(({ email, uniqueId, at }) => {
    if (uniqueId === null) return []
    return [
      {
        principal: nodeId('gcp', `serviceAccount:${email}`),
        token: { issuer: 'https://accounts.google.com', subject: uniqueId },
        because: observed(at, `${email} has the unique id ${uniqueId}`),
      },
    ]
  })
}
