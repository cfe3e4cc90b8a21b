import type { TrustDocument } from './trust-policy.ts'
import { COGNITO, COGNITO_GUEST, issuerOf, sharedIssuer, type Claim, type SharedIssuer } from './issuers.ts'
import { letsIn, strangerLetIn, tokenInWords, type LetIn, type Question } from './stranger.ts'

/** A trust that lets in more than whoever wrote it can have meant. */
export interface OpenTrust {
  /** `stranger`: any tenant of a shared issuer; `guest`: anybody, without signing in; `own`: everything of an issuer of one's own. */
  readonly kind: 'stranger' | 'guest' | 'own'
  /** Who is let in, in words. */
  readonly who: string
  /** A token that is let in, in words. */
  readonly token: string
  readonly conditions: readonly string[]
  /** What is not known and could change it. */
  readonly missing: readonly string[]
  /** What the trust policy should ask for. */
  readonly ask: readonly [operator: string, key: string, value: string]
}

/** A role's trust in one provider, by one statement. */
export interface TrustInProvider {
  readonly provider: string
  readonly role: string
  readonly trust: TrustDocument
  readonly only: number
  readonly controls: readonly TrustDocument[]
}

export const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity'
export const SAML = 'sts:AssumeRoleWithSAML'
const EKS_ISSUER = /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\//

/** How a trust is open; `undefined`: it is not. */
export function openTrust(asked: TrustInProvider): OpenTrust | undefined {
  if (asked.provider.includes(':saml-provider/')) return openSaml({ ...asked, action: SAML })
  const question = { ...asked, action: WEB_IDENTITY }
  const issuer = issuerOf(asked.provider)
  const shared = sharedIssuer(asked.provider)
  if (shared !== undefined) return openToStrangers(question, shared)
  return EKS_ISSUER.test(issuer) ? openInCluster(question, issuer) : undefined
}

function openToStrangers(question: Question, shared: SharedIssuer): OpenTrust | undefined {
  const { issuer, ask, anyone } = shared
  const [operator, claim, value] = ask
  const key = claim.includes(':') ? claim : `${issuer}:${claim}`
  const found = strangerLetIn(question, shared)
  if (found !== undefined) return told('stranger', anyone, issuer, found, [operator, key, value])
  if (issuer !== COGNITO) return undefined
  const guest = strangerLetIn(question, { issuer, claims: GUEST })
  if (guest === undefined) return undefined
  const open = told('guest', 'anybody on the Internet, without signing in', issuer, guest, [
    'ForAnyValue:StringLike',
    `${COGNITO}:amr`,
    'authenticated',
  ])
  return { ...open, missing: [...open.missing, 'whether the identity pool lets guests in'] }
}

/** A guest of the pool that the policy names. */
const GUEST: readonly Claim[] = [{ name: 'aud' }, { name: 'sub' }, { name: 'amr', sets: [COGNITO_GUEST] }]

/** A cluster's tokens name the service account: `system:serviceaccount:NAMESPACE:NAME`. A name that nobody wrote down stands for all. */
function openInCluster(question: Question, issuer: string): OpenTrust | undefined {
  const sub = `${issuer}:sub`
  const token = new Map([
    [sub, ['system:serviceaccount:any-namespace:any-account']],
    [`${issuer}:aud`, ['sts.amazonaws.com']],
  ])
  const found = letsIn(question, token)
  return found === undefined
    ? undefined
    : told('own', 'every service account of the cluster', issuer, found, [
        'StringEquals',
        sub,
        'system:serviceaccount:YOUR-NAMESPACE:YOUR-SERVICE-ACCOUNT',
      ])
}

/**
 * An assertion that was made for another service: `SAML:aud` is "the endpoint URL to which SAML assertions are presented".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
 */
function openSaml(question: Question): OpenTrust | undefined {
  const token = new Map([
    ['saml:aud', ['https://another-service.example/saml']],
    ['saml:recipient', ['https://another-service.example/saml']],
  ])
  const found = letsIn(question, token)
  if (found === undefined) return undefined
  return told('own', 'whoever has an assertion of the identity provider for any service', '', found, [
    'StringEquals',
    'SAML:aud',
    'https://signin.aws.amazon.com/saml',
  ])
}

function told(
  kind: OpenTrust['kind'],
  who: string,
  issuer: string,
  { token, conditions, missing }: LetIn,
  ask: OpenTrust['ask'],
): OpenTrust {
  return { kind, who, token: tokenInWords(issuer, token), conditions, missing, ask }
}
