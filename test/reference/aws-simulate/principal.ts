/**
 * Who asks, as policies name it. IAM User Guide: "Principal", "NotPrincipal", "Policy evaluation logic".
 */
import { documentsOf, list, type Line, type PrincipalElement } from './line.ts'

/**
 * How a statement names the asker:
 * - `direct`: itself or everybody; inside the account nothing else is needed
 * - `behind`: what it is a session of, a role or (of a federated user) a user; boundary and session policy still limit
 * - `account`: its account, which leaves it to identity policies
 */
export type Naming = 'direct' | 'behind' | 'account'

/**
 * Who may ask. A role asks with some session, one that a policy names or another: the request would tell. A session whose
 * role is not given is one of a role of that name, on whatever path: that is not to be known (the inner lists).
 */
export function askers(line: Line): readonly (readonly Asker[])[] {
  const { type, arn, roleArn } = line.principal
  const named = documentsOf(line)
    .flatMap((document) => list(document.Statement))
    .flatMap(({ Principal, NotPrincipal }) => [Principal, NotPrincipal])
    .flatMap((element) => (typeof element === 'object' ? list(element['AWS']) : []))
  if (type === 'role') {
    const sessions = arn.replace(
      /^(arn:[^:]*):iam::(\d*):role\/(?:.*\/)?([^/]+)$/,
      '$1:sts::$2:assumed-role/$3/',
    )
    const own = new Set(named.filter((name) => name.startsWith(sessions)))
    return [arn, ...own].map((session) => [new Asker(line, session)])
  }
  if (type !== 'session' || roleArn !== undefined) return [[new Asker(line)]]
  const [, head = '', name = ''] = /^(.*:)assumed-role\/([^/]+)\//.exec(arn) ?? []
  const start = `${head.replace(':sts:', ':iam:')}role/`
  const roles = named.filter((role) => role.startsWith(start) && role.endsWith(`/${name}`))
  return [[start + name, ...roles].map((role) => new Asker(line, arn, role))]
}

export class Asker {
  readonly type: Line['principal']['type']
  readonly arn: string
  readonly account: string | undefined
  /** The role, for a role and its sessions; the user, for a federated user. */
  readonly behind: string | undefined
  readonly hasBoundary: boolean

  /** `session`: of a role, the session that it asks with. `role`: of a session, its role. */
  constructor(line: Line, session = line.principal.arn, role = line.principal.roleArn) {
    const { principal } = line
    this.type = principal.type
    this.arn = session
    const own = this.type === 'service' || this.type === 'anonymous' ? undefined : principal.arn.split(':')[4]
    this.account = principal.account ?? own
    this.behind =
      this.type === 'role'
        ? principal.arn
        : this.type === 'federated-user'
          ? (principal.roleArn ?? principal.arn.replace(/:sts:(.*):federated-user\//, ':iam:$1:user/'))
          : role
    this.hasBoundary = line.boundary !== undefined && this.isIamPrincipal()
  }

  /** A user, or a session of a role or user: it has identity policies and may have a boundary. */
  isIamPrincipal(): boolean {
    return ['user', 'role', 'session', 'federated-user'].includes(this.type)
  }

  isSession(): boolean {
    return ['role', 'session', 'federated-user'].includes(this.type)
  }

  /** How the element names the asker, most favourable first; undefined: it does not. */
  named(element: PrincipalElement): Naming | undefined {
    const names = this.namings(element)
    return (['direct', 'behind', 'account'] as const).find((n) => names.has(n))
  }

  /** Whether the name of a grant's principal is the asker's: its own, its role's, or its account's. */
  isCalled(name: string): boolean {
    return this.namings(this.type === 'service' ? { Service: name } : { AWS: name }).size > 0
  }

  namings(element: PrincipalElement): ReadonlySet<Naming> {
    const out = new Set<Naming>()
    if (element === '*') return out.add('direct')
    for (const name of list(element['AWS'])) {
      if (name === '*') out.add('direct')
      if (this.account === undefined) continue
      if (name === this.account || /^arn:[^:]*:iam::(\d{12}):root$/.exec(name)?.[1] === this.account) {
        out.add('account')
      }
      // A request with a role is always made by a session of it, so the role itself is never direct.
      if (name === this.behind) out.add('behind')
      else if (name === this.arn && this.type !== 'root') out.add('direct')
    }
    if (this.type === 'service' && list(element['Service']).includes(this.arn)) out.add('direct')
    return out
  }

  /**
   * Whether a denial for everybody but `element` hits the asker. "You must also specify the account ARN … AWS might
   * validate the account first and then the user", of a session then the role; hence "include the ARN for a user's
   * account, or both the ARN for a role and the ARN for the account". Named only in part, it is open. "NotPrincipal
   * with Deny will always deny any IAM principal that has a permissions boundary."
   */
  deniedByNot(element: PrincipalElement): 'yes' | 'no' | 'open' {
    if (this.hasBoundary) return 'yes'
    const names = this.namings(element)
    if (names.size === 0) return 'yes'
    if (this.type === 'service' || this.type === 'anonymous' || this.type === 'root') return 'no'
    const own: Naming = this.type === 'role' || this.type === 'session' ? 'behind' : 'direct'
    return names.has('account') && names.has(own) ? 'no' : 'open'
  }
}
