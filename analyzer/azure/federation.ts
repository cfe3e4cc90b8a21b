import type { NodeId, SourceRef } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import type { SubjectTest } from '../federation.ts'
import type { AzureState } from './state.ts'

/** Tokens of one issuer that make their holder a service principal or managed identity. */
export interface AcceptedToken {
  /** Neutral node for whoever holds such a token: `oidc:<issuer>#<subject or *>`. */
  readonly presenter: NodeId
  readonly name: string
  readonly issuer: string
  readonly subject: SubjectTest | null
  readonly audiences: readonly string[]
  /** The application or identity that has the credential. */
  readonly of: string
  readonly becomes: string
  readonly conditions: readonly string[]
  readonly credential: string
  readonly at: SourceRef
}

/** What federated credentials accept (Microsoft Graph federatedIdentityCredential): issuer and subject are compared exactly. */
export function acceptedTokens(state: AzureState): AcceptedToken[] {
  const kinds = new Map(state.principals.map(({ id, kind }) => [id, kind]))
  return state.federated.flatMap((credential): AcceptedToken[] => {
    const identities =
      kinds.get(credential.of) === 'application'
        ? (state.identities.get(credential.of) ?? [])
        : [credential.of]
    const shown = credential.subject ?? '*'
    return identities.map((becomes) => ({
      presenter: nodeId('azure', `oidc:${credential.issuer}#${shown}`),
      name: `${credential.issuer.replace(/^https:\/\//, '')} ${shown}`,
      issuer: credential.issuer,
      subject: credential.subject === null ? null : { equals: credential.subject },
      audiences: credential.audiences,
      of: credential.of,
      becomes,
      conditions: credential.subject === null ? [`claims match: ${credential.expression ?? ''}`] : [],
      credential: credential.name,
      at: credential.at,
    }))
  })
}
