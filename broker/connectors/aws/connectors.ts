import type { Connector } from '../../grants/connector.ts'
import { wait } from '../wait.ts'
import { Assignments } from './assignments.ts'
import { AwsClients, type Reach } from './clients.ts'
import type { AssignmentEntitlement, RoleEntitlement } from './entitlements.ts'
import { RoleSessions } from './role-sessions.ts'

/** What an operator offers in AWS, and how it is reached. */
export interface AwsOptions extends Reach {
  readonly roles: readonly RoleEntitlement[]
  readonly assignments: readonly AssignmentEntitlement[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The connectors to AWS. Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` for entitlements that cannot be. */
export function awsConnectors(options: AwsOptions): readonly Connector[] {
  const clients = new AwsClients(options)
  return [
    new RoleSessions(clients, options.roles, options.now),
    new Assignments(clients, options.assignments, wait),
  ]
}
