import type { Json } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import { isAccountId } from '../model/arn.ts'
import { textList } from '../raw.ts'
import type { Identity } from './identity.ts'

/** A `Principal` or `NotPrincipal` element, taken apart. */
export interface PrincipalElement {
  /** Everyone: `"*"` or `{"AWS": "*"}`. */
  readonly everyone: boolean
  readonly accounts: ReadonlySet<string>
  /** ARNs of users and roles, and unique ids. */
  readonly named: ReadonlySet<string>
  /** `account/role name` of role sessions. */
  readonly sessions: ReadonlyMap<string, string>
  readonly services: readonly string[]
  readonly federated: readonly string[]
  /** S3 canonical user ids, which stand for accounts or for CloudFront's origin access identities. */
  readonly canonical: readonly string[]
}

export function principalElement(text: string): PrincipalElement {
  const raw = JSON.parse(text) as Json
  const aws = isObject(raw) ? textList(own(raw, 'AWS')) : raw === '*' ? ['*'] : []
  let accounts: Set<string> | undefined
  let named: Set<string> | undefined
  let sessions: Map<string, string> | undefined
  for (const value of aws) {
    // Most values are ARNs of roles; to look for a few letters first is a fraction of the work.
    const root = value.endsWith(':root') ? ROOT.exec(value)?.[1] : undefined
    const session = value.includes(':assumed-role/') ? SESSION.exec(value) : null
    if (isAccountId(value)) (accounts ??= new Set()).add(value)
    else if (root !== undefined) (accounts ??= new Set()).add(root)
    else if (session !== null)
      (sessions ??= new Map()).set(`${session[1] ?? ''}/${session[2] ?? ''}`, session[3] ?? '')
    else if (value !== '*') (named ??= new Set()).add(value)
  }
  return {
    everyone: aws.includes('*'),
    accounts: accounts ?? NO_NAMES,
    named: named ?? NO_NAMES,
    sessions: sessions ?? NO_SESSIONS,
    services: isObject(raw) ? textList(own(raw, 'Service')) : [],
    federated: isObject(raw) ? textList(own(raw, 'Federated')) : [],
    canonical: isObject(raw) ? textList(own(raw, 'CanonicalUser')) : [],
  }
}

const ROOT = /^arn:[^:]+:iam::(\d{12}):root$/
const SESSION = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/

// Most elements name one thing only; there are many of them.
const NO_NAMES: ReadonlySet<string> = new Set()
const NO_SESSIONS: ReadonlyMap<string, string> = new Map()

/**
 * The element with canonical user ids of known accounts as these accounts, because "both of these IDs identify the same account";
 * `canonical` keeps the others. `accounts`: by canonical user id.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html
 */
export function resolved(element: PrincipalElement, accounts: ReadonlyMap<string, string>): PrincipalElement {
  if (element.canonical.length === 0) return element
  const known = element.canonical.flatMap((id) => accounts.get(id) ?? [])
  return {
    ...element,
    accounts: new Set([...element.accounts, ...known]),
    canonical: element.canonical.filter((id) => !accounts.has(id)),
  }
}

/**
 * How an element names a principal. `direct`: in the same account the statement alone is enough, whatever the
 * permissions boundary says. `role`: enough, but within the boundary. `account`: the account may delegate it, so that an
 * identity policy must allow it too. `session`: direct, for one session name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export interface Naming {
  readonly direct: boolean
  readonly role: boolean
  readonly account: boolean
  /** The session name that it holds for. */
  readonly session: string | undefined
}

export function naming(element: PrincipalElement, identity: Identity): Naming {
  const named =
    element.named.has(identity.arn) || (identity.uniqueId !== '' && element.named.has(identity.uniqueId))
  const isRole = identity.kind === 'role'
  return {
    direct: element.everyone || (named && !isRole),
    role: named && isRole,
    account: element.accounts.has(identity.account),
    session: isRole ? element.sessions.get(`${identity.account}/${identity.name}`) : undefined,
  }
}

export function isNamed(n: Naming): boolean {
  return n.direct || n.role || n.account || n.session !== undefined
}
