/**
 * Who asks, as policies name it. IAM User Guide: "Principal", "NotPrincipal", "Policy evaluation logic".
 */
import { list, type Line, type PrincipalElement } from './line.ts'

/**
 * How a statement names the asker:
 * - `direct`: itself or everybody; inside the account nothing else is needed
 * - `behind`: what it is a session of, a role or (of a federated user) a user; boundary and session policy still limit
 * - `account`: its account, which leaves it to identity policies
 */
export type Naming = 'direct' | 'behind' | 'account'

export class Asker {
  readonly type: Line['principal']['type']
  readonly arn: string
  readonly account: string | undefined
  /** The role, for a role and its sessions; the user, for a federated user. */
  readonly behind: string | undefined
  readonly hasBoundary: boolean

  constructor(line: Line) {
    const { principal } = line
    this.type = principal.type
    this.arn = principal.arn
    const own = this.type === 'service' || this.type === 'anonymous' ? undefined : principal.arn.split(':')[4]
    this.account = principal.account ?? own
    this.behind =
      this.type === 'role'
        ? principal.arn
        : this.type === 'federated-user'
          ? (principal.roleArn ?? principal.arn.replace(/:sts:(.*):federated-user\//, ':iam:$1:user/'))
          : principal.roleArn
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
