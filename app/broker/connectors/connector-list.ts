import type { ConnectorRegistry } from '../../../broker/index.ts'

type Connector = ConnectorRegistry['all'][number]
type Entitlement = Parameters<ConnectorRegistry['for']>[0]

/** A connector, and what it gives. */
export interface ConfiguredConnector {
  readonly connector: Connector
  readonly gives: (entitlement: Entitlement) => boolean
}

/** The connectors of a section, each of which gives what is in the list at its place. */
export function giving(
  connectors: readonly Connector[],
  ...lists: readonly (readonly { readonly id: string }[])[]
): readonly ConfiguredConnector[] {
  const given = lists.map((each) => new Set(each.map(({ id }) => id)))
  return connectors.map((connector, i) => ({ connector, gives: ({ id }) => given[i]?.has(id) ?? false }))
}

/** The first connector that gives an entitlement gives it. */
export function connectorsOf(configured: readonly ConfiguredConnector[]): ConnectorRegistry {
  return {
    all: configured.map(({ connector }) => connector),
    for: (entitlement) => configured.find(({ gives }) => gives(entitlement))?.connector,
  }
}
