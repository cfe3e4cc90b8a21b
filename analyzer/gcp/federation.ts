import type { NodeId, SourceRef } from '../../graph/index.ts'
import { nodeId } from '../../graph/index.ts'
import type { SubjectTest } from '../federation.ts'
import { parseMember } from './member.ts'
import type { Member } from './member.ts'
import { canonicalResource } from './resource-name.ts'
import type { GcpState, ProviderState } from './state.ts'

/** Tokens of one issuer that make their holder a bound identity of a pool. */
export interface AcceptedToken {
  /** Neutral node for whoever holds such a token: `oidc:<issuer>#<subject or *>`. */
  readonly presenter: NodeId
  readonly name: string
  readonly issuer: string
  readonly subject: SubjectTest | null
  readonly becomes: NodeId
  readonly conditions: readonly string[]
  readonly provider: string
  readonly at: SourceRef
}

/**
 * For each active provider, the identities of its pool that some binding names. The provider's attribute mapping tells
 * which claim makes the subject or attribute (IAM documentation, "Workload Identity Federation"); a mapping that is the
 * subject claim itself is compared, any other mapping and the attribute condition are left as conditions.
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
      const needs = needed(member, provider)
      if (needs === null) continue
      const subject = needs.subject
      const shown = subject === null ? '*' : 'equals' in subject ? subject.equals : subject.like
      const condition = provider.condition === null ? [] : [`attribute condition: ${provider.condition}`]
      found.push({
        presenter: nodeId('gcp', `oidc:${issuer}#${shown}`),
        name: `${issuer.replace(/^https:\/\//, '')} ${shown}`,
        issuer,
        subject,
        becomes: nodeId('gcp', text),
        conditions: [...needs.conditions, ...condition],
        provider: provider.name,
        at: provider.at,
      })
    }
  }
  return found
}

function samePool(pool: string, state: GcpState): string {
  return canonicalResource(`//iam.googleapis.com/${pool}`, state.aliases)
}

/** What a token must say to be a member of the pool; null: the mapping never makes it one. */
function needed(
  member: Member,
  provider: ProviderState,
): { readonly subject: SubjectTest | null; readonly conditions: readonly string[] } | null {
  if (member.type === 'pool-all') return { subject: null, conditions: [] }
  const [attribute, value] =
    member.type === 'pool-subject' ? ['google.subject', member.subject] : attributeOf(member)
  if (attribute === '') return { subject: null, conditions: [`the token belongs to ${value}`] }
  const mapping = provider.mapping.get(attribute) ?? defaultMapping(attribute, provider)
  if (mapping === undefined) return null
  const claim = provider.awsAccount === null ? 'assertion.sub' : 'assertion.arn'
  if (mapping.replace(/\s/g, '') === claim || mapping === AWS_ROLE)
    return { subject: { equals: value }, conditions: [] }
  return { subject: null, conditions: [`${attribute} (${mapping}) is ${value}`] }
}

/** Marks the default mapping of `attribute.aws_role`, which is the session's role without the session. */
const AWS_ROLE = '(the role of the session)'

/** Mappings that a provider has when it names none (WorkloadIdentityPoolProvider.attributeMapping). */
function defaultMapping(attribute: string, provider: ProviderState): string | undefined {
  if (provider.awsAccount === null || provider.mapping.size > 0) return undefined
  if (attribute === 'google.subject') return 'assertion.arn'
  return attribute === 'attribute.aws_role' ? AWS_ROLE : undefined
}

function attributeOf(member: Member): readonly [attribute: string, value: string] {
  const set = member.type === 'pool-set' ? member.set : ''
  const slash = set.indexOf('/')
  const key = set.slice(0, slash)
  const value = set.slice(slash + 1)
  if (key === 'group') return ['google.groups', value]
  return key.startsWith('attribute.') ? [key, value] : ['', set]
}
