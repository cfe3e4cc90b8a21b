import type { Connector, IdTokens } from '../../grants/connector.ts'
import { mustIssue } from '../issuing.ts'
import { wait } from '../wait.ts'
import { AllowPolicies, type Reach } from './allow-policies.ts'
import { Bindings } from './bindings.ts'
import type { BindingEntitlement } from './entitlements.ts'
import type { DirectEntitlement, ImpersonationEntitlement } from './federated-entitlements.ts'
import { directAccess, impersonation } from './federation.ts'

/** What an operator offers in Google Cloud, and how it is reached. */
export interface GcpOptions extends Reach {
  readonly bindings: readonly BindingEntitlement[]
  readonly federated: readonly DirectEntitlement[]
  readonly impersonations: readonly ImpersonationEntitlement[]
  /** The broker as an issuer; federation needs it. */
  readonly tokens: IdTokens | undefined
}

/**
 * The connectors to Google Cloud. Throws `INPUT_SHAPE`, `INPUT_DUPLICATE` for entitlements that cannot be, `USAGE` where some are
 * given by federation and the broker issues no tokens.
 */
export function gcpConnectors(options: GcpOptions): readonly Connector[] {
  const policies = new AllowPolicies(options)
  const timing = { wait, random: Math.random }
  const { bindings, federated, impersonations, tokens, endpoint } = options
  mustIssue(tokens, federated, impersonations)
  const shared = { policies, timing, tokens, ...(endpoint !== undefined && { endpoint }) }
  // Also those that give nothing any more: what they gave must be taken back.
  const own = new Bindings(policies, bindings, timing)
  return [own, directAccess(shared, federated), impersonation(shared, impersonations)]
}
