import type { Credential, NodeId, PrincipalNode, PrincipalType } from '../../../graph/index.ts'
import { nodeId, verifiedEmail } from '../../../graph/index.ts'
import { isServiceAgent, parseMember, projectOfServiceAccount } from '../member.ts'
import type { Member } from '../member.ts'
import { canonicalResource } from '../resource-name.ts'
import type { GcpState } from '../state.ts'
import type { Collected, CollectedServiceAccount } from './collected.ts'

/**
 * A node for each principal that an export names. People and groups live in the directory, which is no container here:
 * who administers an organization's resources cannot take over its people.
 */
export function principalNodes(
  state: GcpState,
  from: Collected,
  containers: ReadonlySet<NodeId>,
): PrincipalNode[] {
  const keys = keysByAccount(state, from)
  const firstSeen = new Map<number, PrincipalNode['seen']>()
  for (const group of state.groups.values()) {
    group.members.forEach((member, i) => firstSeen.set(member, firstSeen.get(member) ?? group.at[i] ?? null))
  }
  return state.members.slice(0, state.principals).map((text, i): PrincipalNode => {
    const member = parseMember(text)
    const base = {
      kind: 'principal',
      id: nodeId('gcp', text),
      cloud: 'gcp',
      tags: [],
      type: typeOf(member),
    } as const
    if (member.type === 'serviceAccount') {
      const account = from.serviceAccounts.get(member.email)
      return {
        ...base,
        ...accountFields(member.email, account, state, containers, keys.get(member.email) ?? []),
      }
    }
    const seen = firstSeen.get(i) ?? null
    if (member.type === 'user' || member.type === 'group') {
      const domain = member.email.slice(member.email.lastIndexOf('@') + 1)
      const known = state.domains.length > 0
      const person =
        member.type === 'user'
          ? { human: true, identifiers: [verifiedEmail(member.email, GOOGLE_ADDRESS)] }
          : {}
      const foreign = known ? { external: !state.domains.includes(domain) } : {}
      return {
        ...base,
        ...person,
        ...foreign,
        name: member.email,
        email: member.email,
        scope: null,
        seen,
      }
    }
    return {
      ...base,
      name: nameOf(member, text),
      scope: null,
      seen,
      ...(member.type === 'domain' ? {} : { human: false }),
    }
  })
}

/** https://support.google.com/accounts/answer/63950: an address is an account's once its owner has confirmed it. */
const GOOGLE_ADDRESS = 'Google has had it confirmed'

function accountFields(
  email: string,
  account: CollectedServiceAccount | undefined,
  state: GcpState,
  containers: ReadonlySet<NodeId>,
  credentials: readonly Credential[],
): Omit<PrincipalNode, 'kind' | 'id' | 'cloud' | 'tags' | 'type'> {
  const project = account?.project ?? projectOfServiceAccount(email)
  const scope =
    project === undefined ? null : nodeId('gcp', canonicalResource(`projects/${project}`, state.aliases))
  const inEstate = scope !== null && containers.has(scope)
  return {
    name: email,
    email,
    human: false,
    scope: inEstate ? scope : null,
    seen: account?.at ?? null,
    ...(project === undefined ? {} : { external: !inEstate }),
    ...(account?.disabled === null || account === undefined ? {} : { enabled: !account.disabled }),
    ...(account?.created === null || account === undefined ? {} : { created: account.created }),
    ...(credentials.length === 0 ? {} : { credentials }),
  }
}

function keysByAccount(state: GcpState, from: Collected): ReadonlyMap<string, readonly Credential[]> {
  const keys = new Map<string, Credential[]>()
  for (const { account, credential } of from.keys) {
    const email = state.aliases.serviceAccounts.get(account) ?? account
    const list = keys.get(email)
    if (list === undefined) keys.set(email, [credential])
    else list.push(credential)
  }
  return keys
}

function typeOf(member: Member): PrincipalType {
  switch (member.type) {
    case 'user':
    case 'group':
    case 'domain':
      return member.type
    case 'serviceAccount':
      return isServiceAgent(member.email) ? 'service' : 'service-account'
    case 'allUsers':
    case 'allAuthenticatedUsers':
      return 'public'
    case 'service-accounts-of':
    case 'service-agents-of':
    case 'customer':
      return 'group'
    case 'pool-subject':
    case 'pool-all':
    case 'pool-set':
    case 'other':
    case 'holders':
    case 'deleted':
      return 'federated'
  }
}

function nameOf(member: Member, text: string): string {
  switch (member.type) {
    case 'domain':
      return member.domain
    case 'pool-subject':
      return member.subject
    case 'pool-all':
    case 'pool-set':
      return `${member.pool.slice(member.pool.lastIndexOf('/') + 1)}/${member.set}`
    case 'service-accounts-of':
      return `service accounts of ${member.container}`
    case 'service-agents-of':
      return `service agents of ${member.container}`
    case 'customer':
      return `customer ${member.customer}`
    default:
      return text
  }
}
