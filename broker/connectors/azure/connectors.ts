import { GomeisaError } from '../../../graph/index.ts'
import type { Connector, IdTokens } from '../../grants/connector.ts'
import { mustIssue } from '../issuing.ts'
import { wait } from '../wait.ts'
import { Assignments } from './assignments.ts'
import type { AssignmentEntitlement, GroupEntitlement } from './entitlements.ts'
import { FederatedCredentials } from './federated-credentials.ts'
import { Federation, type ApplicationEntitlement } from './federation.ts'
import { GroupMembers } from './group-members.ts'
import { Groups } from './groups.ts'
import type { Reach } from './microsoft-rest.ts'
import { PimAssignments } from './pim-assignments.ts'
import { roleGuid } from './names.ts'
import { ResourceManager } from './resource-manager.ts'
import { TokenExchange } from './token-exchange.ts'

/** What an operator offers in Azure, and how it is reached. */
export interface AzureOptions extends Reach {
  readonly assignments: readonly AssignmentEntitlement[]
  readonly pim: readonly AssignmentEntitlement[]
  readonly applications: readonly ApplicationEntitlement[]
  readonly groups: readonly GroupEntitlement[]
  /** The broker as an issuer; applications need it. */
  readonly tokens: IdTokens | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * The connectors to Azure. Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` for entitlements that cannot be together, `USAGE` where some are given by
 * federation and the broker issues no tokens.
 */
export function azureConnectors(options: AzureOptions): readonly Connector[] {
  const { assignments, pim, applications, groups, tokens, now } = options
  const twice = pim.find((each) => assignments.some((other) => placeOf(other) === placeOf(each)))
  if (twice !== undefined) {
    // Each way would take the other's assignment for somebody else's.
    throw new GomeisaError('INPUT_DUPLICATE', `\`${twice.id}\` gives what \`assignments\` give, too`, {
      remedy: 'offer a role at a scope in one way',
    })
  }
  const arm = new ResourceManager(options)
  mustIssue(tokens, applications)
  const credentials = new FederatedCredentials(options)
  const exchange = new TokenExchange(options, now)
  // Also one that gives nothing any more: what it gave must be taken back.
  const federation = new Federation({ credentials, exchange, tokens }, applications)
  const assigned = [new Assignments(arm, assignments), new PimAssignments(arm, pim, wait)]
  return [...assigned, federation, new Groups(new GroupMembers(options), groups)]
}

const placeOf = ({ scope, role }: AssignmentEntitlement): string => `${scope.toLowerCase()} ${roleGuid(role)}`
