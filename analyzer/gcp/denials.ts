import type { Missing, PermissionUniverse } from '../../graph/index.ts'
import { matches } from '../../graph/index.ts'
import type { Denial } from '../grants/model.ts'
import type { Meaning } from './meaning.ts'
import type { Member } from './member.ts'
import { poolKey } from './member.ts'
import { isGoogle } from './population.ts'
import type { DenyRuleState, GcpState } from './state.ts'

/**
 * Deny policies are not evaluated: a rule touches every answer whose permission it names and whose principal it might
 * name. Exceptions for principals and conditions are left out of account, so a rule may touch more than it denies;
 * an excepted permission is not touched. Wildcards in permissions are matched as in `iam.googleapis.com/*.delete`.
 */
export class Denials {
  private readonly byScope = new Map<string, Denial[]>()

  constructor(state: GcpState, universe: PermissionUniverse, meaning: Meaning) {
    const numbers = new Map(state.members.map((member, i) => [member, i]))
    for (const deny of state.denies) {
      const missing: Missing = { what: 'deny-policy', says: `deny policy ${deny.name} is not evaluated` }
      const list = this.byScope.get(deny.attachedTo) ?? []
      this.byScope.set(deny.attachedTo, list)
      for (const rule of deny.rules) {
        const named = rule.permissions.reduce((set, p) => set.union(universe.expand(p)), universe.none)
        const except = rule.exceptPermissions.reduce((set, p) => set.union(universe.expand(p)), universe.none)
        const tests = rule.principals.map((text) => touching(text, meaning, numbers))
        list.push({
          actions: named.minus(except),
          missing,
          matches: (action) => ruleNames(rule, action.toLowerCase()),
          touches: (principal) => tests.some((test) => test(principal)),
        })
      }
    }
  }

  at(scopes: Iterable<string>): readonly Denial[] {
    if (this.byScope.size === 0) return []
    return [...scopes].flatMap((scope) => this.byScope.get(scope) ?? [])
  }
}

function ruleNames(rule: DenyRuleState, action: string): boolean {
  const names = (patterns: readonly string[]): boolean =>
    patterns.some((p) => matches(p.toLowerCase(), action, false))
  return names(rule.permissions) && !names(rule.exceptPermissions)
}

/** Whether a denied principal (IAM v2 API, DenyRule.deniedPrincipals) might be a principal of the estate. */
function touching(
  text: string,
  meaning: Meaning,
  numbers: ReadonlyMap<string, number>,
): (principal: number) => boolean {
  const of = (i: number): Member => meaning.population.of(i)
  if (text.startsWith('deleted:')) return () => false
  if (text === 'principalSet://goog/public:all') return () => true
  const user = /^principal:\/\/goog\/subject\/(.+)$/.exec(text)?.[1]?.toLowerCase()
  if (user !== undefined) return is(numbers.get(`user:${user}`))
  const account = /^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/(.+)$/.exec(text)?.[1]
  if (account !== undefined) return is(numbers.get(`serviceAccount:${account.toLowerCase()}`))
  const group = /^principalSet:\/\/goog\/group\/(.+)$/.exec(text)?.[1]?.toLowerCase()
  if (group !== undefined) {
    const number = numbers.get(`group:${group}`)
    // A group that no export names: anyone might be in it.
    if (number === undefined) return (p) => ['user', 'serviceAccount', 'group'].includes(of(p).type)
    return (p) => meaning.holds(number, p).length > 0
  }
  if (text.startsWith('principalSet://goog/cloudIdentityCustomerId/')) return (p) => isGoogle(of(p))
  const number = numbers.get(text)
  if (number !== undefined) return (p) => meaning.holds(number, p).length > 0
  const pool = /^principal(?:Set)?:\/\/iam\.googleapis\.com\/(.+?Pools\/[^/]+)\//.exec(text)?.[1]
  if (pool !== undefined) {
    return (p) => {
      const member = of(p)
      return 'pool' in member && poolKey(member.pool) === poolKey(pool)
    }
  }
  if (text.startsWith('principalSet://cloudresourcemanager.googleapis.com/')) {
    return (p) => of(p).type === 'serviceAccount'
  }
  return () => true
}

function is(number: number | undefined): (principal: number) => boolean {
  return (principal) => principal === number
}
