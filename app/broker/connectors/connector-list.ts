import type { ConnectorRegistry } from '../../../broker/index.ts'

type Connector = ConnectorRegistry['all'][number]
type Entitlement = Parameters<ConnectorRegistry['for']>[0]

/** A connector, and what it gives. */
export interface ConfiguredConnector {
  readonly connector: Connector
  readonly gives: (entitlement: Entitlement) => boolean
}

/** The first connector that gives an entitlement gives it. */
export function connectorsOf(configured: readonly ConfiguredConnector[]): ConnectorRegistry {
  return {
    all: configured.map(({ connector }) => connector),
    for: (entitlement) => configured.find(({ gives }) => gives(entitlement))?.connector,
  }
}
