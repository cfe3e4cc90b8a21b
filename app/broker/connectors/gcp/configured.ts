import { gcpConnectors, type GcpOptions } from '../../../../broker/index.ts'
import type { Fields } from '../../../../policies/index.ts'
import type { ConnectorSection } from '../connector-section.ts'
import type { ConfiguredConnector } from '../connector-list.ts'
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
  const given = [bindings, federated, impersonations].map((each) => new Set(each.map(({ id }) => id)))
  return made.map((connector, i) => ({ connector, gives: ({ id }) => given[i]?.has(id) === true }))
}

function bindingOf(from: Fields, { entitlement }: ConnectorSection): Binding {
  from.only(['id', 'resource', 'role', 'members'])
  const known = entitlement(from)
  const [resource, role] = [from.string('resource'), from.string('role')]
  shown(from, 'role', role, known.role)
  shown(from, 'resource', resource, known.scope)
  return { id: known.id, resource, role, members: from.texts('members') }
}

function directOf(from: Fields, { entitlement }: ConnectorSection): Direct {
  from.only(['id', 'provider', 'resource', 'role'])
  const known = entitlement(from)
  const [resource, role] = [from.string('resource'), from.string('role')]
  shown(from, 'role', role, known.role)
  shown(from, 'resource', resource, known.scope)
  return { id: known.id, provider: from.string('provider'), resource, role }
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
