import { awsConnectors, type AwsOptions } from '../../../../broker/index.ts'
import type { Fields } from '../../../../policies/index.ts'
import { approved } from '../approved.ts'
import type { ConnectorSection } from '../connector-section.ts'
import { giving, type ConfiguredConnector } from '../connector-list.ts'
import { safeEndpoint } from '../safe-endpoint.ts'
import { shown } from '../shown.ts'

type Role = AwsOptions['roles'][number]
type Assignment = AwsOptions['assignments'][number]

const ROLE = ['id', 'role', 'externalId', 'narrowedTo', 'policies', 'sessionSeconds', 'mayChain', 'manager']
const ASSIGNMENT = ['id', 'instance', 'permissionSet', 'account', 'users']
/** A session of a role that a role takes lasts an hour at most. */
const LONGEST_SESSION = 3600

/** The section `aws` of the file. What people approve is what is given: role and place must be those of the catalogue. */
export async function awsConfigured(section: ConnectorSection): Promise<readonly ConfiguredConnector[]> {
  const { from, now } = section
  from.only(['region', 'endpoint', 'roles', 'assignments'])
  const region = from.string('region')
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/.test(region)) from.wrong('region', 'a region, such as eu-central-1')
  const endpoint = from.has('endpoint') ? safeEndpoint(from) : undefined
  const roles = from.list('roles').map((each) => roleOf(each, section))
  const assignments = from.list('assignments').map((each) => assignmentOf(each, section))
  const reach = { region, ...(endpoint !== undefined && { endpoint }) }
  return giving(await awsConnectors({ ...reach, roles, assignments, now }), roles, assignments)
}

function roleOf(from: Fields, { entitlement }: ConnectorSection): Role {
  from.only(ROLE)
  const [known, role] = [entitlement(from), from.string('role')]
  shown(from, 'role', role, known.role)
  if (role.split(':')[4] !== known.scope)
    from.wrong('role', `in account \`${known.scope}\`, the scope in the catalogue`)
  return {
    id: known.id,
    role,
    ...(from.has('externalId') && { externalId: from.string('externalId') }),
    ...(from.has('narrowedTo') && { narrowedTo: from.objects('narrowedTo') }),
    ...(from.has('policies') && { policies: from.strings('policies') }),
    ...(from.has('sessionSeconds') && {
      sessionSeconds: from.number('sessionSeconds', LONGEST_SESSION, 0),
    }),
    ...(from.has('mayChain') && { mayChain: from.boolean('mayChain', false) }),
    ...(from.has('manager') && { manager: from.string('manager') }),
  }
}

function assignmentOf(from: Fields, section: ConnectorSection): Assignment {
  from.only(ASSIGNMENT)
  const { id, role, scope } = approved(from, section, { role: 'permissionSet', scope: 'account' })
  const users = from.texts('users')
  return { id, instance: from.string('instance'), permissionSet: role, account: scope, users }
}
