import { gcpConnectors, type GcpOptions } from '../../../../broker/index.ts'
import type { Fields } from '../../../../policies/index.ts'
import type { ConnectorSection } from '../connector-section.ts'
import type { ConfiguredConnector } from '../connector-list.ts'
import { safeEndpoint } from '../safe-endpoint.ts'
import { shown } from '../shown.ts'

type Binding = GcpOptions['bindings'][number]

/** The section `gcp` of the file. What people approve is what is given: role and place must be those of the catalogue. */
export async function gcpConfigured(section: ConnectorSection): Promise<readonly ConfiguredConnector[]> {
  const { from } = section
  from.only(['endpoint', 'bindings'])
  const endpoint = from.has('endpoint') ? safeEndpoint(from) : undefined
  const bindings = from.list('bindings').map((each) => bindingOf(each, section))
  const ids = new Set(bindings.map(({ id }) => id))
  const made = await gcpConnectors({ ...(endpoint !== undefined && { endpoint }), bindings })
  return made.map((connector) => ({ connector, gives: ({ id }) => ids.has(id) }))
}

function bindingOf(from: Fields, { entitlement }: ConnectorSection): Binding {
  from.only(['id', 'resource', 'role', 'members'])
  const known = entitlement(from)
  const [resource, role] = [from.string('resource'), from.string('role')]
  shown(from, 'role', role, known.role)
  shown(from, 'resource', resource, known.scope)
  return { id: known.id, resource, role, members: from.texts('members') }
}
