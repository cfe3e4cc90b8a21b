import type { Missing, Residual } from '../../graph/index.ts'
import { isCutOff } from '../grants/gaps.ts'
import { Membership } from '../grants/membership.ts'
import type { Grant, Hold, Left, Reach } from '../grants/model.ts'
import type { Hierarchy } from './hierarchy.ts'
import type { Member } from './member.ts'
import { isServiceAgent } from './member.ts'
import { Population, isGoogle, isJoinable } from './population.ts'
import { canonicalResource } from './resource-name.ts'
import type { GcpState } from './state.ts'

const SURE: Hold = { conditions: [], doubt: null }

/** Which principals a member of a binding means: asked for one principal, or all of them. */
export class Meaning {
  readonly population: Population
  readonly membership: Membership
  private readonly state: GcpState
  private readonly hierarchy: Hierarchy
  private readonly grantsAt: (scope: string) => readonly Grant[]
  private readonly left: (grant: Grant) => Left | null
  private readonly reaches = new Map<number, readonly Reach[]>()

  constructor(
    state: GcpState,
    hierarchy: Hierarchy,
    grantsAt: (scope: string) => readonly Grant[],
    left: (grant: Grant) => Left | null,
  ) {
    this.left = left
    this.state = state
    this.hierarchy = hierarchy
    this.grantsAt = grantsAt
    this.population = new Population(state)
    const members = new Map([...state.groups].map(([group, { members }]) => [group, members]))
    this.membership = new Membership(members, (i) => {
      const member = this.population.of(i)
      if (member.type !== 'group') return false
      return !state.groups.has(i) || isCutOff(state.gaps, 'group-memberships', member.email)
    })
  }

  holds(grantee: number, principal: number): readonly Hold[] {
    if (grantee === principal) return [SURE]
    return this.holdsAs(this.population.of(grantee), this.name(grantee), grantee, principal)
  }

  /** The same for a member that only a policy of another kind names; its number is then -1. */
  holdsAs(member: Member, text: string, grantee: number, principal: number): readonly Hold[] {
    const who = this.population.of(principal)
    switch (member.type) {
      case 'group':
        if (grantee < 0) return isJoinable(who) ? [{ conditions: [], doubt: notImported(text) }] : []
        if (this.membership.groupsOf(principal).has(grantee)) return [SURE]
        return isJoinable(who) ? this.open(grantee) : []
      case 'domain':
        return who.type === 'user' && who.email.endsWith(`@${member.domain}`) ? [SURE] : []
      case 'allUsers':
        return [SURE]
      case 'allAuthenticatedUsers':
        return isGoogle(who) ? [SURE] : []
      case 'pool-all':
        return this.population.inPool(member.pool).includes(principal) ? [SURE] : []
      case 'pool-set':
        if (who.type !== 'pool-subject' || !this.population.inPool(member.pool).includes(principal)) return []
        return [{ conditions: [], doubt: attributes(text) }]
      case 'service-accounts-of': {
        if (who.type !== 'serviceAccount') return []
        const is = this.population.accountIsIn(principal, member.container, this.hierarchy)
        return is === true
          ? [SURE]
          : is === false
            ? []
            : [{ conditions: [], doubt: placeOf(this.name(principal)) }]
      }
      case 'service-agents-of':
        if (who.type !== 'serviceAccount' || !isServiceAgent(who.email)) return []
        return [{ conditions: [], doubt: placeOf(this.name(principal)) }]
      case 'customer':
        return isGoogle(who) ? [{ conditions: [], doubt: customerOf(text) }] : []
      case 'holders':
        return this.basic(member).flatMap(({ grantee: g, hold }) =>
          this.holds(g, principal).map((h) => both(h, hold)),
        )
      case 'other':
        return isAnonymous(who) ? [] : [{ conditions: [], doubt: strange(member.text) }]
      case 'user':
      case 'serviceAccount':
      case 'pool-subject':
      case 'deleted':
        return []
    }
  }

  reach(grantee: number): readonly Reach[] {
    const known = this.reaches.get(grantee)
    if (known !== undefined) return known
    const own =
      grantee < this.state.principals ? [{ hold: SURE, who: Int32Array.of(grantee), except: null }] : []
    const made: readonly Reach[] = [...own, ...this.others(grantee)]
    this.reaches.set(grantee, made)
    return made
  }

  unfold(grantee: number): readonly { readonly grantee: number; readonly hold: Hold }[] {
    const member = this.population.of(grantee)
    return member.type === 'holders' ? this.basic(member) : [{ grantee, hold: SURE }]
  }

  /** Members that stand for a basic role's holders, replaced by those holders. */
  basic(
    member: Member & { readonly type: 'holders' },
  ): readonly { grantee: number; hold: Hold; grant: Grant }[] {
    const project = canonicalResource(`projects/${member.project}`, this.state.aliases)
    const found: { grantee: number; hold: Hold; grant: Grant }[] = []
    for (const scope of this.hierarchy.upward(project)) {
      const doubt = scope === project ? null : inherited(member)
      for (const grant of this.grantsAt(scope)) {
        if (this.state.roles[grant.role]?.name !== member.role) continue
        const left = this.left(grant)
        if (left === null) continue
        for (const grantee of grant.grantees) {
          if (this.population.of(grantee).type === 'holders') continue
          found.push({ grantee, hold: { conditions: left.conditions, doubt: doubt ?? left.doubt }, grant })
        }
      }
    }
    return found
  }

  private others(grantee: number): readonly Reach[] {
    const { population } = this
    const member = population.of(grantee)
    const self = Int32Array.of(grantee)
    switch (member.type) {
      case 'group': {
        const inside = this.membership.closure(grantee)
        const maybe = this.open(grantee).map((hold) => ({ hold, who: population.joinable, except: inside }))
        return [{ hold: SURE, who: inside, except: self }, ...maybe]
      }
      case 'domain':
        return [{ hold: SURE, who: Int32Array.from(population.usersOf(member.domain)), except: null }]
      case 'allUsers':
        return [{ hold: SURE, who: population.all, except: self }]
      case 'allAuthenticatedUsers':
        return [{ hold: SURE, who: population.authenticated, except: self }]
      case 'pool-all':
        return [{ hold: SURE, who: Int32Array.from(population.inPool(member.pool)), except: self }]
      case 'pool-set': {
        const subjects = population
          .inPool(member.pool)
          .filter((i) => population.of(i).type === 'pool-subject')
        const hold = { conditions: [], doubt: attributes(this.name(grantee)) }
        return [{ hold, who: Int32Array.from(subjects), except: self }]
      }
      case 'customer':
        return [...population.authenticated].flatMap((who) =>
          who === grantee
            ? []
            : this.holds(grantee, who).map((hold) => ({ hold, who: Int32Array.of(who), except: null })),
        )
      case 'service-accounts-of':
      case 'service-agents-of':
        return population.serviceAccounts.flatMap((account) =>
          this.holds(grantee, account).map((hold) => ({ hold, who: Int32Array.of(account), except: null })),
        )
      case 'holders':
        return this.basic(member).flatMap(({ grantee: g, hold }) =>
          this.reach(g).map((reach) => ({ ...reach, hold: both(reach.hold, hold) })),
        )
      case 'other': {
        const anyone = population.all.filter((i) => !isAnonymous(population.of(i)))
        return [{ hold: { conditions: [], doubt: strange(member.text) }, who: anyone, except: self }]
      }
      case 'user':
      case 'serviceAccount':
      case 'pool-subject':
      case 'deleted':
        return []
    }
  }

  private open(group: number): readonly Hold[] {
    const open = this.membership.openIn(group)
    if (open.length === 0) return []
    const names = open.map((g) => this.name(g))
    const more = names.length > 1 ? ` and ${names.length - 1} more groups` : ''
    const says = `the members of ${names[0] ?? ''}${more} were not imported`
    return [{ conditions: [], doubt: { what: 'group-memberships', says } }]
  }

  private name(number: number): string {
    return this.state.members[number] ?? ''
  }
}

function both(a: Hold, b: Hold): Hold {
  const conditions: readonly Residual[] = [...a.conditions, ...b.conditions]
  return { conditions, doubt: a.doubt ?? b.doubt }
}

function isAnonymous(member: Member): boolean {
  return member.type === 'allUsers'
}

function notImported(group: string): Missing {
  return { what: 'group-memberships', says: `the members of ${group} were not imported` }
}

function attributes(set: string): Missing {
  return { what: 'token-attributes', says: `whether its tokens belong to ${set} is told by the tokens only` }
}

function placeOf(account: string): Missing {
  return { what: 'hierarchy', says: `where the project of ${account} lies was not imported` }
}

function customerOf(set: string): Missing {
  return { what: 'member-form', says: `who is of ${set} was not imported` }
}

function strange(member: string): Missing {
  return { what: 'member-form', says: `the member ${member} has a form that is not evaluated` }
}

function inherited(member: Member & { readonly type: 'holders' }): Missing {
  return {
    what: 'inherited-basic-role',
    says: `whether holders of ${member.role} above project ${member.project} count as its holders is not documented`,
  }
}
