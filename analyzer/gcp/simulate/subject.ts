import { isServiceAgent, parseMember, poolKey, projectOfServiceAccount } from '../member.ts'
import type { Member } from '../member.ts'
import type { Subject } from '../policy/clause.ts'
import type { Formula } from '../policy/formula.ts'
import { missing, or } from '../policy/formula.ts'
import { isGoogle, isJoinable } from '../population.ts'
import { RESOURCE_MANAGER } from '../resource-name.ts'
import type { Asking } from './request.ts'
import { memberOf } from './request.ts'

/** Whom identifiers mean, for the one principal of a request. */
export class RequestSubject implements Subject {
  readonly who: Member
  private readonly asking: Asking
  private readonly groups: ReadonlyMap<string, readonly string[]>
  private readonly basic: (member: Member & { readonly type: 'holders' }) => Formula

  /** `basic`: whether the principal holds the basic role that a convenience value stands for. */
  constructor(
    asking: Asking,
    groups: ReadonlyMap<string, readonly string[]>,
    basic: (member: Member & { readonly type: 'holders' }) => Formula,
  ) {
    this.asking = asking
    this.groups = groups
    this.basic = basic
    this.who = parsed(asking.member)
  }

  means(identifier: string): Formula {
    const text = memberOf(identifier)
    if (text === this.asking.member) return parsed(text).type !== 'deleted'
    const member = parsed(text)
    const { who } = this
    switch (member.type) {
      case 'group':
        return isJoinable(who) ? this.inGroup(text) : false
      case 'domain':
        return who.type === 'user' && who.email.endsWith(`@${member.domain}`)
      case 'allUsers':
        return true
      case 'allAuthenticatedUsers':
        return isGoogle(who)
      case 'customer':
        return this.inCustomer(member.customer)
      case 'pool-subject':
        return (
          who.type === 'pool-subject' &&
          samePool(who.pool, member.pool) &&
          subjectKey(who) === subjectKey(member)
        )
      case 'pool-all':
        return 'pool' in who && samePool(who.pool, member.pool)
      case 'pool-set':
        return 'pool' in who && samePool(who.pool, member.pool) ? this.inPoolSet(member.set, text) : false
      case 'service-accounts-of':
        return who.type === 'serviceAccount' && !isServiceAgent(who.email)
          ? this.isWithin(member.container)
          : false
      case 'service-agents-of':
        return who.type === 'serviceAccount' && isServiceAgent(who.email)
          ? this.isWithin(member.container)
          : false
      case 'holders':
        return this.basic(member)
      case 'other':
        return missing('member-form', `the principal ${text} has a form that is not evaluated`)
      case 'user':
      case 'serviceAccount':
      case 'deleted':
        return false
    }
  }

  /** Whether the principal is in what a policy of principal sets is bound to (google.iam.v3.PolicyBinding.Target). */
  inSet(principalSet: string): Formula {
    const { who, asking } = this
    if (who.type === 'allUsers') return false
    if (asking.within !== null) return asking.within.has(principalSet)
    const pool = /^\/\/iam\.googleapis\.com\/(.+Pools\/[^/]+)$/.exec(principalSet)?.[1]
    if (pool !== undefined) return 'pool' in who && samePool(who.pool, pool)
    const customer = /^\/\/iam\.googleapis\.com\/locations\/global\/workspace\/([^/]+)$/.exec(
      principalSet,
    )?.[1]
    if (customer !== undefined) return this.inCustomer(customer)
    // Projects and folders hold no people, only what is made in them.
    const path = principalSet.startsWith(RESOURCE_MANAGER) ? principalSet.slice(RESOURCE_MANAGER.length) : ''
    if (who.type === 'user' && /^(projects|folders)\//.test(path)) return false
    if (who.type === 'serviceAccount' && path === `projects/${projectOfServiceAccount(who.email) ?? ''}`)
      return true
    return missing('principal-set', `whether ${asking.member} is in ${principalSet} was not given`)
  }

  private inGroup(group: string): Formula {
    const seen = new Set([group])
    const parts: Formula[] = []
    for (const at of seen) {
      const members = this.groups.get(at)
      if (members === undefined)
        parts.push(missing('group-memberships', `the members of ${at} were not given`))
      for (const member of members ?? []) {
        if (member === this.asking.member) return true
        if (member.startsWith('group:')) seen.add(member)
        else if (parsed(member).type === 'customer') parts.push(this.means(member))
      }
    }
    return or(parts)
  }

  private inCustomer(customer: string): Formula {
    if (!isGoogle(this.who) || this.who.type === 'allAuthenticatedUsers') return false
    if (this.asking.customer !== null) return this.asking.customer === customer
    return missing('customer', `of which Google customer ${this.asking.member} is was not given`)
  }

  /** `group/G` and `attribute.K/V` of a pool, and `namespace/N` of a cluster's. */
  private inPoolSet(set: string, text: string): Formula {
    const slash = set.indexOf('/')
    const [key, value] = [set.slice(0, slash), set.slice(slash + 1)]
    const { who } = this
    if (key === 'namespace' && who.type === 'pool-subject') return subjectKey(who).startsWith(`${value}/`)
    const { attributes } = this.asking
    const known = attributes?.get(key === 'group' ? 'google.groups' : key)
    if (attributes === null || (key !== 'group' && !key.startsWith('attribute.'))) {
      return missing(
        'token-attributes',
        `whether the token of ${this.asking.member} belongs to ${text} was not given`,
      )
    }
    return Array.isArray(known) ? known.includes(value) : known === value
  }

  private isWithin(container: string): Formula {
    const { within, member } = this.asking
    if (within !== null) return within.has(RESOURCE_MANAGER + container)
    const { who } = this
    const project = who.type === 'serviceAccount' ? projectOfServiceAccount(who.email) : undefined
    if (project !== undefined && container === `projects/${project}`) return true
    return missing('hierarchy', `whether ${member} is of ${container} was not given`)
  }
}

const PARSED = new Map<string, Member>()

function parsed(text: string): Member {
  let member = PARSED.get(text)
  if (member === undefined) {
    member = parseMember(text)
    if (PARSED.size >= 20_000) PARSED.clear()
    PARSED.set(text, member)
  }
  return member
}

function samePool(a: string, b: string): boolean {
  return a === b || poolKey(a) === poolKey(b)
}

/** A cluster's service account is named `NAMESPACE/NAME`, or `ns/NAMESPACE/sa/NAME` where the pool names it in full. */
function subjectKey({ pool, subject }: Member & { readonly type: 'pool-subject' }): string {
  if (!pool.endsWith('.svc.id.goog')) return subject
  const full = /^ns\/([^/]+)\/sa\/([^/]+)$/.exec(subject)
  return full === null ? subject : `${full[1] ?? ''}/${full[2] ?? ''}`
}
