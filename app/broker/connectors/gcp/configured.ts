import { gcpConnectors, type GcpOptions } from '../../../../broker/index.ts'
import type { Fields } from '../../../../policies/index.ts'
import { approved } from '../approved.ts'
import type { ConnectorSection } from '../connector-section.ts'
import { giving, type ConfiguredConnector } from '../connector-list.ts'
import { safeEndpoint } from '../safe-endpoint.ts'
import { shown } from '../shown.ts'

type Binding = GcpOptions['bindings'][number]
type Direct = GcpOptions['federated'][number]
type Impersonation = GcpOptions['impersonations'][number]

/** The section `gcp` of the file. What people approve is what is given: role and place must be those of the catalogue. */
export async function gcpConfigured(section: ConnectorSection): Promise<readonly ConfiguredConnector[]> {
  const { from, idTokens: tokens } = section
  from.only(['endpoint', 'bindings', 'federated', 'impersonations'])
  const endpoint = from.has('endpoint') ? safeEndpoint(from) : undefined
  const rows = <T>(name: string, read: (each: Fields, section: ConnectorSection) => T): readonly T[] =>
    from.has(name) ? from.list(name).map((each) => read(each, section)) : []
  const bindings = rows('bindings', bindingOf)
  const federated = rows('federated', directOf)
  const impersonations = rows('impersonations', impersonationOf)
  const at = endpoint === undefined ? {} : { endpoint: endpoint.replace(/\/$/, '') }
  const made = await gcpConnectors({ ...at, bindings, federated, impersonations, tokens })
  return giving(made, bindings, federated, impersonations)
}

function bindingOf(from: Fields, section: ConnectorSection): Binding {
  from.only(['id', 'resource', 'role', 'members'])
  const { id, role, scope } = approved(from, section, { role: 'role', scope: 'resource' })
  return { id, resource: scope, role, members: from.texts('members') }
}

function directOf(from: Fields, section: ConnectorSection): Direct {
  from.only(['id', 'provider', 'resource', 'role'])
  const { id, role, scope } = approved(from, section, { role: 'role', scope: 'resource' })
  return { id, provider: from.string('provider'), resource: scope, role }
}

function impersonationOf(from: Fields, { entitlement }: ConnectorSection): Impersonation {
  from.only(['id', 'provider', 'serviceAccount', 'lifetimeSeconds'])
  const known = entitlement(from)
  const serviceAccount = from.string('serviceAccount')
  shown(from, 'serviceAccount', serviceAccount, known.role)
  const project = /@(.+?)\./.exec(serviceAccount)?.[1] ?? ''
  shown(from, 'serviceAccount', `projects/${project}`, known.scope)
  const lifetime = from.has('lifetimeSeconds') && { lifetimeSeconds: from.number('lifetimeSeconds', 3600, 0) }
  return { id: known.id, provider: from.string('provider'), serviceAccount, ...lifetime }
}
