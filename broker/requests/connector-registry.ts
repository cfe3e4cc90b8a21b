import type { Entitlement } from '../../policies/index.ts'
import type { Connector } from '../grants/connector.ts'

/** The connectors there are, and which of them gives an entitlement: the operator's configuration, wired by `app/`. */
export interface ConnectorRegistry {
  readonly all: readonly Connector[]
  /** Undefined: no connector is configured for it. */
  for(entitlement: Entitlement): Connector | undefined
}
