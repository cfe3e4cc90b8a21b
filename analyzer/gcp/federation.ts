import type { NodeId, SourceRef } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import type { Claims, Token, Verdict } from '../token.ts'
import { judgeToken } from '../token.ts'
import type { Member } from './member.ts'
import { parseMember } from './member.ts'
import { attributeOf, audiencesOf, becomesMember, mappingOf, writtenIn } from './provider-claims.ts'
import { canonicalResource } from './resource-name.ts'
import type { GcpState, ProviderState } from './state.ts'

/** Tokens of one issuer that make their holder a bound identity of a pool. */
export interface AcceptedToken {
  /** Neutral node for whoever holds such a token: `oidc:<issuer>#<subject or *>`. */
  readonly presenter: NodeId
  readonly name: string
  readonly issuer: string
  /** The issuer is a cloud, whose principals may have been imported. */
  readonly isCloud: boolean
  /** It names a subject or attribute, or has an attribute condition. */
  readonly isNarrowed: boolean
  readonly becomes: NodeId
  /** What must hold for somebody of whom no more is known. */
  readonly outside: Verdict
  readonly judge: (token: Token) => Verdict | undefined
  readonly provider: string
  readonly at: SourceRef
}

/** Issuers of tokens of another cloud's workloads (Entra ID, both token versions). */
const CLOUD_ISSUER = /^https:\/\/(sts\.windows\.net|login\.microsoftonline\.com)\//

/**
 * For each active provider, the identities of its pool that some binding names, and which tokens make their holder one: by
 * audience, attribute mapping, attribute condition and member (IAM documentation, "Workload Identity Federation").
 */
export function acceptedTokens(state: GcpState): AcceptedToken[] {
  const found: AcceptedToken[] = []
  for (const provider of state.providers) {
    const issuer = provider.issuer ?? (provider.awsAccount === null ? null : `aws:${provider.awsAccount}`)
    if (issuer === null || !provider.active) continue
    for (const text of state.members.slice(0, state.principals)) {
      const member = parseMember(text)
      if (!('pool' in member) || !text.startsWith('principal')) continue
      if (samePool(member.pool, state) !== samePool(provider.pool, state)) continue
      const claims = claimsFor(member, provider)
      const outside = becomesMember(claims, member, provider)
      if (outside === undefined) continue
      const written = writtenIn(provider, member)
      const shown = claims.get('sub') ?? claims.get('arn') ?? '*'
      found.push({
        presenter: nodeId('gcp', `oidc:${issuer}#${shown}`),
        name: `${issuer.replace(/^https:\/\//, '')} ${shown}`,
        issuer,
        isCloud: provider.awsAccount !== null || CLOUD_ISSUER.test(issuer),
        isNarrowed: member.type !== 'pool-all' || provider.condition !== null,
        becomes: nodeId('gcp', text),
        outside,
        judge: (token) => judged(token, written, member, provider),
        provider: provider.name,
        at: provider.at,
      })
    }
  }
  return found
}

function judged(
  token: Token,
  written: readonly string[],
  member: Member,
  provider: ProviderState,
): Verdict | undefined {
  const verdict = judgeToken(token, written, (claims) => becomesMember(claims, member, provider))
  if (verdict !== undefined || ![...token.chosen.values()].some(({ free }) => !free)) return verdict
  // Names of sessions that a regular expression takes are not looked for.
  const texts = [provider.condition ?? '', ...mappingOf(provider).values()]
  if (!texts.some((text) => text.includes('.matches('))) return undefined
  return {
    conditions: [],
    missing: ['whether a name of the session fits the regular expression of the provider'],
  }
}

function samePool(pool: string, state: GcpState): string {
  return canonicalResource(`//iam.googleapis.com/${pool}`, state.aliases)
}

/** What a token of an outsider says: the audience that is asked for, and the subject where the mapping is the bare claim. */
function claimsFor(member: Member, provider: ProviderState): Claims {
  const [audience] = audiencesOf(provider)
  const claims = new Map(audience === undefined ? [] : [['aud', audience]])
  if (member.type === 'pool-all') return claims
  const [attribute, value] =
    member.type === 'pool-subject' ? ['google.subject', member.subject] : attributeOf(member)
  const text = mappingOf(provider).get(attribute)?.replace(/\s/g, '') ?? ''
  const [, one, other] = /^assertion(?:\.(sub|arn)|\[['"](sub|arn)['"]\])$/.exec(text) ?? []
  const claim = one ?? other
  return claim === undefined || attribute === 'google.groups' ? claims : claims.set(claim, value)
}
