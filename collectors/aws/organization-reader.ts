import { isObject, ownObject, ownString } from '../../graph/index.ts'
import { requiredCall } from './calls/table.ts'
import type { Clients, Where } from './clients.ts'
import { type Caller, type RoleToTake, take } from './identity.ts'
import type { Walk } from './walk.ts'

/**
 * As whom the organization is read. Only its management account and its delegated administrators may; a caller who is
 * neither takes the role in the management account, if it can.
 */
export async function organizationReader(
  clients: Clients,
  walk: Walk,
  caller: Caller,
  role: RoleToTake | undefined,
  own: Where,
): Promise<Where> {
  const described = (await walk.once(requiredCall('organizations:DescribeOrganization'), own))?.[0]
  const organization = isObject(described) ? ownObject(described, 'Organization') : undefined
  const management = organization === undefined ? undefined : ownString(organization, 'MasterAccountId')
  if (role === undefined || management === undefined || management === caller.account) return own
  if ((await walk.once(requiredCall('organizations:ListRoots'), own)) !== undefined) return own
  const there = { account: management, region: own.region }
  try {
    return { ...there, keys: await take(clients, caller, role, there) }
  } catch {
    // What the caller may not read becomes a gap when it is asked for.
    return own
  }
}
