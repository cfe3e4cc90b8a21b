import type { Json } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import { isAccountId, lastStep } from '../model/arn.ts'
import type { Caller } from './caller.ts'
import type { Formula } from './formula.ts'
import { and, fact, not, or, requestFact } from './formula.ts'

/** A `Principal` or `NotPrincipal` element, taken apart. */
export interface PrincipalElement {
  /** `"*"` or `{"AWS": "*"}`: everybody, also services and callers that are not signed in. */
  readonly everyone: boolean
  readonly accounts: ReadonlySet<string>
  /** ARNs of users, roles and sessions. What is written with wildcards or as a unique id names nobody. */
  readonly arns: ReadonlySet<string>
  /** `account/name` of roles that are written with a path, and of roles of which a session is named. */
  readonly rolesWithPath: ReadonlySet<string>
  readonly rolesOfSessions: ReadonlyMap<string, readonly string[]>
  /** `account/name` of users. */
  readonly users: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  /** S3 canonical user ids, which stand for accounts in a way that no document resolves. */
  readonly canonical: boolean
  /** The element has a form that it must not have. */
  readonly unreadable: boolean
}

/**
 * How an element names a caller. In the same account `direct` alone is enough, `role` is enough within permissions boundary
 * and session policy, `account` leaves it to the account, so that an identity policy must allow it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface Naming {
  readonly direct: Formula
  readonly role: Formula
  readonly account: Formula
}

const DIRECT: Naming = { direct: true, role: false, account: false }
const ROLE: Naming = { direct: false, role: true, account: false }
const ACCOUNT: Naming = { direct: false, role: false, account: true }
const NOBODY: Naming = { direct: false, role: false, account: false }

export function principalElement(raw: Json): PrincipalElement {
  const lists = isObject(raw) ? raw : { AWS: raw === '*' ? '*' : null }
  const aws = textsOf(own(lists, 'AWS'))
  const services = textsOf(own(lists, 'Service'))
  const accounts = new Set<string>()
  const arns = new Set<string>()
  const rolesWithPath = new Set<string>()
  const rolesOfSessions = new Map<string, string[]>()
  const users = new Set<string>()
  for (const text of aws ?? []) {
    const [, service, account = '', kind = '', name = ''] =
      /^arn:[^:]+:(iam|sts)::(\d{12}):([a-z-]+)(?:\/(.+))?$/.exec(text) ?? []
    if (isAccountId(text)) accounts.add(text)
    else if (service === 'iam' && kind === 'root' && name === '') accounts.add(account)
    else if (service !== undefined) arns.add(text)
    if (service === 'iam' && kind === 'role' && name.includes('/'))
      rolesWithPath.add(`${account}/${lastStep(name)}`)
    if (service === 'iam' && kind === 'user') users.add(`${account}/${lastStep(name)}`)
    if (service === 'sts' && kind === 'assumed-role') {
      const role = `${account}/${name.slice(0, name.indexOf('/'))}`
      rolesOfSessions.set(role, [...(rolesOfSessions.get(role) ?? []), text])
    }
  }
  return {
    everyone: aws?.includes('*') === true,
    accounts,
    arns,
    rolesWithPath,
    rolesOfSessions,
    users,
    services: new Set(services),
    canonical: own(lists, 'CanonicalUser') !== undefined,
    unreadable: aws === undefined || services === undefined || (typeof raw === 'string' && raw !== '*'),
  }
}

function textsOf(raw: Json | undefined): readonly string[] | undefined {
  if (raw === undefined) return []
  const list = Array.isArray(raw) ? (raw as readonly Json[]) : [raw]
  return list.every((text) => typeof text === 'string') ? list : undefined
}

/** How an element names a caller. */
export function naming(element: PrincipalElement, caller: Caller): Naming {
  if (element.unreadable) return { ...NOBODY, direct: fact('whom a Principal element of another form names') }
  if (element.everyone) return DIRECT
  const { type, arn, account } = caller
  if (type === 'service') return element.services.has(arn) ? DIRECT : NOBODY
  if (type === 'anonymous') return NOBODY
  if (element.arns.size > 0) {
    const byArn = namingByArn(element, caller)
    if (byArn !== undefined) return byArn
  }
  if (element.accounts.has(account)) return type === 'root' ? DIRECT : ACCOUNT
  if (element.canonical) return { ...NOBODY, account: fact('which account a canonical user id stands for') }
  return NOBODY
}

function namingByArn(element: PrincipalElement, caller: Caller): Naming | undefined {
  const { type, arn, account, name, roleArn } = caller
  if (type === 'user') return element.arns.has(arn) ? DIRECT : undefined
  if (type === 'federated-user') {
    if (element.arns.has(arn)) return DIRECT
    return element.users.has(`${account}/${name}`) ? ROLE : undefined
  }
  if (type !== 'session' && type !== 'role') return undefined
  if (type === 'session' && element.arns.has(arn)) return DIRECT
  let role: Formula = element.arns.has(roleArn)
  if (!role && caller.roleIsGuessed && element.rolesWithPath.has(`${account}/${name}`)) {
    role = fact(`the path of the role of ${arn}`)
  }
  const sessions = type === 'role' ? (element.rolesOfSessions.get(`${account}/${name}`) ?? []) : []
  let direct: Formula = false
  for (const session of sessions)
    direct = or(direct, requestFact(`session|${session}`, 'the role session', session))
  if (role === false && direct === false) return undefined
  return { direct, role, account: element.accounts.has(account) }
}

/** Whether an element names a caller in any way. */
export function isNamed({ direct, role, account }: Naming): Formula {
  return or(or(direct, role), account)
}

/**
 * Whom a statement with `NotPrincipal` and Deny denies. "When you use NotPrincipal, you must also specify the account ARN of
 * the not-denied principal", of a session also its role's; where one of them is missing "the policy might deny", which
 * depends on the service. It "will always deny any IAM principal that has a permissions boundary".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function deniedByNotPrincipal(element: PrincipalElement, caller: Caller, bounded: boolean): Formula {
  if (bounded) return true
  const named = naming(element, caller)
  const some = isNamed(named)
  if (some === false) return true
  if (element.everyone) return false
  if (caller.type === 'root' || caller.type === 'service') return not(some)
  const account = element.accounts.has(caller.account)
  const self =
    caller.type === 'federated-user' ? named.direct : or(element.arns.has(roleOrSelf(caller)), named.role)
  const unsure = fact('whom a statement with NotPrincipal spares when it does not name principal and account')
  return or(not(some), and(not(and(self, account)), unsure))
}

/**
 * Whom a statement with `NotPrincipal` and Allow grants to: everybody that it does not name. Naming only the account leaves
 * open whether its principals are excepted.
 */
export function allowedByNotPrincipal(element: PrincipalElement, caller: Caller): Formula {
  const { direct, role, account } = naming(element, caller)
  const unsure = fact(
    'whether a statement with NotPrincipal excepts the principals of an account that it names',
  )
  return and(not(or(direct, role)), or(not(account), unsure))
}

function roleOrSelf(caller: Caller): string {
  return caller.roleArn === '' ? caller.arn : caller.roleArn
}
