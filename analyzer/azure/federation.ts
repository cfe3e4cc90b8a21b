import type { NodeId, SourceRef } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import type { Claims, Token, Verdict } from '../token.ts'
import { ACCEPTED, judgeToken } from '../token.ts'
import { meetsExpression } from './claims-expression.ts'
import type { AzureState, FederatedState } from './state.ts'

/** Tokens of one issuer that make their holder a service principal or managed identity. */
export interface AcceptedToken {
  /** Neutral node for whoever holds such a token: `oidc:<issuer>#<subject or *>`. */
  readonly presenter: NodeId
  readonly name: string
  readonly issuer: string
  /** The issuer is a cloud, whose principals may have been imported. */
  readonly isCloud: boolean
  /** The issuer is the same for every customer of that cloud. */
  readonly isShared: boolean
  /** The application or identity that has the credential. */
  readonly of: string
  /** It names a subject or claims. */
  readonly isNarrowed: boolean
  readonly becomes: string
  /** What must hold for somebody of whom no more is known. */
  readonly outside: Verdict
  readonly judge: (token: Token) => Verdict | undefined
  readonly credential: string
  readonly at: SourceRef
}

/** Issuers of tokens of another cloud's workloads, and of this one's other tenants. */
const CLOUD_ISSUER =
  /^https:\/\/(accounts\.google\.com|sts\.windows\.net\/.*|login\.microsoftonline\.com\/.*)\/?$/

/**
 * What federated credentials accept (Microsoft Graph federatedIdentityCredential): issuer and subject are compared exactly, a
 * flexible credential compares claims, and the audience is one of the credential's.
 */
export function acceptedTokens(state: AzureState): AcceptedToken[] {
  const kinds = new Map(state.principals.map(({ id, kind }) => [id, kind]))
  return state.federated.flatMap((credential): AcceptedToken[] => {
    const identities =
      kinds.get(credential.of) === 'application'
        ? (state.identities.get(credential.of) ?? [])
        : [credential.of]
    const shown = credential.subject ?? '*'
    const outbound = accountOfOutbound(credential)
    const known: Claims = credential.subject === null ? new Map() : new Map([['sub', credential.subject]])
    const outside = subjectOf(credential, known) ?? ACCEPTED
    return identities.map((becomes) => ({
      presenter: nodeId('azure', `oidc:${credential.issuer}#${shown}`),
      name: `${credential.issuer.replace(/^https:\/\//, '')} ${shown}`,
      issuer: outbound === undefined ? credential.issuer : `aws-outbound:${outbound}`,
      isCloud: outbound !== undefined || CLOUD_ISSUER.test(credential.issuer),
      isShared: /^https:\/\/accounts\.google\.com\/?$/.test(credential.issuer),
      of: credential.of,
      isNarrowed: credential.subject !== null || credential.expression !== null,
      becomes,
      outside,
      judge: (token) =>
        judgeToken(token, credential.audiences, (claims) => {
          const verdict = judged(credential, claims)
          if (verdict === undefined || outbound === undefined) return verdict
          const unknown = `that ${credential.issuer} is the issuer of account ${outbound} (it was not imported)`
          return { ...verdict, missing: [...verdict.missing, unknown] }
        }),
      credential: credential.name,
      at: credential.at,
    }))
  })
}

/**
 * The account whose tokens an issuer of AWS outbound federation has, as the subject tells it: the ARN of the role or user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html
 */
function accountOfOutbound({ issuer, subject }: FederatedState): string | undefined {
  if (!/^https:\/\/[\w-]+\.tokens\.sts\.global\.api\.aws\/?$/.test(issuer)) return undefined
  return /^arn:[\w-]+:iam::(\d{12}):/.exec(subject ?? '')?.[1]
}

function judged(credential: FederatedState, claims: Claims): Verdict | undefined {
  const subject = subjectOf(credential, claims)
  if (subject === undefined) return undefined
  const audience = claims.get('aud')
  if (typeof audience === 'string') return credential.audiences.includes(audience) ? subject : undefined
  const needs = `the token's audience is ${credential.audiences.join(' or ')}`
  return { ...subject, conditions: [...subject.conditions, needs] }
}

function subjectOf({ subject, expression }: FederatedState, claims: Claims): Verdict | undefined {
  if (subject === null) return meetsExpression(expression ?? '', claims)
  const shown = claims.get('sub')
  if (typeof shown === 'string') return shown === subject ? ACCEPTED : undefined
  return { conditions: [`the token's subject is ${subject}`], missing: [] }
}
