import { nodeId, observed } from '../../../graph/index.ts'
import type { Accepts, Presents } from '../../federation.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import { acceptedTokens } from '../federation.ts'
import type { Context } from './context.ts'

/** What federated credentials accept: told to the joiner, and drawn from the neutral node of who holds such a token. */
export function acceptEdges(context: Context, edges: PowerEdges): Accepts[] {
  return acceptedTokens(context.state).map((accepted) => {
    const because = observed(
      accepted.at,
      `federated credential ${accepted.credential} accepts tokens of ${accepted.issuer}`,
    )
    const becomes = nodeId('azure', accepted.becomes)
    const power = {
      kind: 'can-become',
      to: becomes,
      rule: 'federated-credential',
      label: 'federated token',
    } as const
    edges.put(
      power,
      accepted.presenter,
      accepted.conditions.map((says) => ({ says })),
      [],
      () => because,
    )
    return {
      issuer: accepted.issuer,
      ...(accepted.subject === null ? {} : { subject: accepted.subject }),
      audiences: accepted.audiences,
      becomes,
      conditions: accepted.conditions,
      because,
    }
  })
}

/**
 * Service principals and managed identities of this tenant get tokens whose subject is their object id, of the issuer of
 * either token version (Entra documentation, "Access token claims reference").
 */
export function presentedTokens({ state, nodes }: Context): Presents[] {
  if (state.tenant === 'directory') return []
  const issuers = [
    `https://login.microsoftonline.com/${state.tenant}/v2.0`,
    `https://sts.windows.net/${state.tenant}/`,
  ]
  return state.principals.flatMap(({ id, kind, name }) => {
    const node = nodes.get(nodeId('azure', id))
    if ((kind !== 'service-principal' && kind !== 'managed-identity') || node === undefined) return []
    const seen = node.seen ?? state.runsAs.find(({ principal }) => principal === id)?.at
    if (seen === undefined) return []
    return issuers.map((issuer) => ({
      principal: node.id,
      token: { issuer, subject: id },
      because: observed(seen, `${name} gets tokens with its object id as subject`),
    }))
  })
}
