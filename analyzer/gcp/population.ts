import { push } from '../multimap.ts'
import type { Hierarchy } from './hierarchy.ts'
import { parseMember, poolKey, projectOfServiceAccount } from './member.ts'
import type { Member } from './member.ts'
import type { GcpState } from './state.ts'

/** The principals of an estate, parsed, and the sets of them that member expressions mean. */
export class Population {
  readonly all: Int32Array
  /** Who can authenticate with a Google account or as a service account: not federated identities, not anonymous. */
  readonly authenticated: Int32Array
  /** Who can be in a Google group. */
  readonly joinable: Int32Array
  private readonly parsed: readonly Member[]
  private readonly byDomain = new Map<string, number[]>()
  private readonly byPool = new Map<string, number[]>()
  private readonly accounts: number[] = []

  constructor(state: GcpState) {
    this.parsed = state.members.map(parseMember)
    const authenticated: number[] = []
    const joinable: number[] = []
    for (let i = 0; i < state.principals; i++) {
      const member = this.of(i)
      if (isGoogle(member)) authenticated.push(i)
      if (isJoinable(member)) joinable.push(i)
      if (member.type === 'serviceAccount') this.accounts.push(i)
      if (member.type === 'user')
        push(this.byDomain, member.email.slice(member.email.lastIndexOf('@') + 1), i)
      if ('pool' in member) push(this.byPool, poolKey(member.pool), i)
    }
    this.all = Int32Array.from({ length: state.principals }, (_, i) => i)
    this.authenticated = Int32Array.from(authenticated)
    this.joinable = Int32Array.from(joinable)
  }

  of(number: number): Member {
    return this.parsed[number] ?? { type: 'other', text: '' }
  }

  usersOf(domain: string): readonly number[] {
    return this.byDomain.get(domain) ?? []
  }

  inPool(pool: string): readonly number[] {
    return this.byPool.get(poolKey(pool)) ?? []
  }

  get serviceAccounts(): readonly number[] {
    return this.accounts
  }

  /** Whether a service account belongs to a project, folder or organization; `undefined`: its project is not known well enough. */
  accountIsIn(number: number, container: string, hierarchy: Hierarchy): boolean | undefined {
    const member = this.of(number)
    const project = member.type === 'serviceAccount' ? projectOfServiceAccount(member.email) : undefined
    if (project === undefined) return undefined
    return hierarchy.isWithin(`projects/${project}`, container)
  }
}

/** `allAuthenticatedUsers` does not include identities of external providers (IAM documentation, "Principal identifiers"). */
export function isGoogle(member: Member): boolean {
  return (
    isJoinable(member) ||
    member.type === 'domain' ||
    member.type === 'allAuthenticatedUsers' ||
    member.type === 'service-accounts-of' ||
    member.type === 'service-agents-of' ||
    member.type === 'customer'
  )
}

/** Google groups hold users, service accounts and groups (Cloud Identity API, Membership.type). */
export function isJoinable(member: Member): boolean {
  return member.type === 'user' || member.type === 'serviceAccount' || member.type === 'group'
}
