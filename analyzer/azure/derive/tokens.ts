import { nodeId, observed } from '../../../graph/index.ts'
import type { Accepts, Presents } from '../../federation.ts'
import type { PowerEdges } from '../../grants/edges.ts'
import type { Choice } from '../../token.ts'
import { acceptedTokens } from '../federation.ts'
import type { Context } from './context.ts'

/** What federated credentials accept: told to the joiner, and drawn from the neutral node of who holds such a token outside. */
export function acceptEdges(context: Context, edges: PowerEdges): Accepts[] {
  return acceptedTokens(context.state).map((accepted) => {
    const because = observed(
      accepted.at,
      `federated credential ${accepted.credential} accepts tokens of ${accepted.issuer}`,
    )
    const becomes = nodeId('azure', accepted.becomes)
    const { issuer, judge, presenter, outside } = accepted
    if (accepted.isCloud)
      return { issuer, becomes, judge, stands: presenter, isShared: accepted.isShared, because }
    const power = {
      kind: 'can-become',
      to: becomes,
      rule: 'federated-credential',
      label: 'federated token',
    } as const
    const says = (list: readonly string[]) => list.map((text) => ({ says: text }))
    edges.put(power, presenter, says(outside.conditions), says(outside.missing), () => because)
    return { issuer, becomes, judge, because }
  })
}

/** Audience of tokens for another tenant or cloud, which is there in every tenant (Entra, "Workload identity federation"). */
const EXCHANGE = 'api://AzureADTokenExchange'

/**
 * Service principals and managed identities of this tenant get tokens whose subject is their object id, of the issuer of
 * either token version (Entra documentation, "Access token claims reference"), for the audiences of the tenant. `azp` (its
 * client id) is in tokens of version 2 only.
 */
export function presentedTokens({ state, nodes }: Context): Presents[] {
  if (state.tenant === 'directory') return []
  const tenant: readonly (readonly [string, string])[] = [['tid', state.tenant]]
  const versions = [
    [`https://login.microsoftonline.com/${state.tenant}/v2.0`, true],
    [`https://sts.windows.net/${state.tenant}/`, false],
  ] as const
  const audience: Choice =
    state.audiences === null
      ? { prefix: '', free: false }
      : { prefix: '', free: true, among: [...new Set([EXCHANGE, ...state.audiences])] }
  return state.principals.flatMap(({ id, kind, name }) => {
    const node = nodes.get(nodeId('azure', id))
    if ((kind !== 'service-principal' && kind !== 'managed-identity') || node === undefined) return []
    const seen = node.seen ?? state.runsAs.find(({ principal }) => principal === id)?.at
    if (seen === undefined) return []
    const because = observed(seen, `${name} gets tokens with its object id as subject`)
    return versions.map(([issuer, isNew]) => ({
      principal: node.id,
      token: {
        issuer,
        claims: new Map<string, string | null>([
          ...tenant,
          ['iss', issuer],
          ['sub', id],
          ['oid', id],
          ...(isNew ? [['azp', null] as const] : []),
        ]),
        chosen: new Map([['aud', audience]]),
      },
      ...(state.audiences === null ? { partial: true } : {}),
      because,
    }))
  })
}
