/** Who makes a request. */
export interface Caller {
  readonly type: CallerType
  /** ARN of the user, role, session, federated session or root; name of the service; empty for anonymous callers. */
  readonly arn: string
  /** Account id; empty for services and anonymous callers. */
  readonly account: string
  /** ARN of the role of a role or a session; empty for others. */
  readonly roleArn: string
  /** The role's ARN was made from the session's, which tells no path. */
  readonly roleIsGuessed: boolean
  /** Name of the user, role or session's role, without path; name of a federated session. */
  readonly name: string
  /** A role of `aws-service-role/`: control policies do not apply to it. */
  readonly serviceLinked: boolean
}

/** `role`: any session of the role whose name is not known. */
export type CallerType = 'root' | 'user' | 'role' | 'session' | 'federated-user' | 'service' | 'anonymous'

export const CALLER_TYPES: readonly CallerType[] = [
  'root',
  'user',
  'role',
  'session',
  'federated-user',
  'service',
  'anonymous',
]

/** Whether it has identity policies, boundaries and session policies: users, roles and sessions of them. */
export function hasIdentity({ type }: Caller): boolean {
  return type === 'user' || type === 'role' || type === 'session' || type === 'federated-user'
}
