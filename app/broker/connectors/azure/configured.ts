import { azureConnectors, type AzureOptions } from '../../../../broker/index.ts'
import type { Fields } from '../../../../policies/index.ts'
import { approved } from '../approved.ts'
import type { ConnectorSection } from '../connector-section.ts'
import { giving, type ConfiguredConnector } from '../connector-list.ts'
import { safeEndpoint } from '../safe-endpoint.ts'

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
  const reach = endpoint !== undefined && { endpoint }
  const made = await azureConnectors({ ...reach, assignments, pim, applications, groups, tokens, now })
  return giving(made, assignments, pim, applications, groups)
}

function assignmentOf(from: Fields, section: ConnectorSection): Assignment {
  from.only(['id', 'scope', 'role', 'principals'])
  const entitled = approved(from, section, { role: 'role', scope: 'scope' })
  return { ...entitled, principals: from.texts('principals') }
}

function applicationOf(from: Fields, section: ConnectorSection): Application {
  from.only(['id', 'tenant', 'client', 'resources', 'subscription'])
  const { id, role, scope } = approved(from, section, { role: 'client', scope: 'tenant' })
  const subscription = from.has('subscription') && { subscription: from.string('subscription') }
  return { id, tenant: scope, client: role, resources: from.strings('resources'), ...subscription }
}

function groupOf(from: Fields, section: ConnectorSection): Group {
  from.only(['id', 'tenant', 'group', 'principals'])
  const { id, role, scope } = approved(from, section, { role: 'group', scope: 'tenant' })
  return { id, tenant: scope, group: role, principals: from.texts('principals') }
}
