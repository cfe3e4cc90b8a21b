import { azureConnectors, type AzureOptions } from '../../../../broker/index.ts'
import type { Fields } from '../../../../policies/index.ts'
import type { ConnectorSection } from '../connector-section.ts'
import type { ConfiguredConnector } from '../connector-list.ts'
import { safeEndpoint } from '../safe-endpoint.ts'
import { shown } from '../shown.ts'

type Assignment = AzureOptions['assignments'][number]
type Application = AzureOptions['applications'][number]
type Group = AzureOptions['groups'][number]

/** The section `azure` of the file. What people approve is what is given: role and place must be those of the catalogue. */
export async function azureConfigured(section: ConnectorSection): Promise<readonly ConfiguredConnector[]> {
  const { from, idTokens: tokens, now } = section
  from.only(['endpoint', 'assignments', 'pim', 'applications', 'groups'])
  const endpoint = from.has('endpoint') ? safeEndpoint(from) : undefined
  const listed = (name: string) => from.list(name).map((each) => assignmentOf(each, section))
  const [assignments, pim] = [listed('assignments'), listed('pim')]
  const applications = from.list('applications').map((each) => applicationOf(each, section))
  const groups = from.list('groups').map((each) => groupOf(each, section))
  const ids = [assignments, pim, applications, groups].map((all) => new Set(all.map(({ id }) => id)))
  const reach = endpoint !== undefined && { endpoint }
  const made = await azureConnectors({ ...reach, assignments, pim, applications, groups, tokens, now })
  return made.map((connector, i) => ({ connector, gives: ({ id }) => ids[i]?.has(id) ?? false }))
}

function assignmentOf(from: Fields, { entitlement }: ConnectorSection): Assignment {
  from.only(['id', 'scope', 'role', 'principals'])
  const known = entitlement(from)
  const [scope, role] = [from.string('scope'), from.string('role')]
  shown(from, 'role', role, known.role)
  shown(from, 'scope', scope, known.scope)
  return { id: known.id, scope, role, principals: from.texts('principals') }
}

function applicationOf(from: Fields, { entitlement }: ConnectorSection): Application {
  from.only(['id', 'tenant', 'client', 'resources', 'subscription'])
  const known = entitlement(from)
  const [tenant, client] = [from.string('tenant'), from.string('client')]
  shown(from, 'client', client, known.role)
  shown(from, 'tenant', tenant, known.scope)
  const subscription = from.has('subscription') && { subscription: from.string('subscription') }
  return { id: known.id, tenant, client, resources: from.strings('resources'), ...subscription }
}

function groupOf(from: Fields, { entitlement }: ConnectorSection): Group {
  from.only(['id', 'tenant', 'group', 'principals'])
  const known = entitlement(from)
  const [tenant, group] = [from.string('tenant'), from.string('group')]
  shown(from, 'group', group, known.role)
  shown(from, 'tenant', tenant, known.scope)
  return { id: known.id, tenant, group, principals: from.texts('principals') }
}
