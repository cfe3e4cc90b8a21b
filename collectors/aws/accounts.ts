import { isObject, own, ownList, ownString } from '../../graph/index.ts'
import { requiredCall } from './calls/table.ts'
import type { Where } from './clients.ts'
import type { Caller, RoleToTake } from './identity.ts'
import type { Walk } from './walk.ts'

/**
 * The accounts to read: with a role the chosen ones (one that cannot be entered becomes a gap), or all of the organization that
 * are in use; without a role, or where the organization is not readable, the caller's own.
 */
export async function accountsToRead(
  walk: Walk,
  reader: Where,
  caller: Caller,
  chosen: { readonly role?: RoleToTake; readonly accounts?: readonly string[] },
): Promise<readonly string[]> {
  if (chosen.role === undefined) return [caller.account]
  if (chosen.accounts !== undefined) return [...new Set(chosen.accounts)].sort()
  const pages = await walk.once(requiredCall('organizations:ListAccounts'), reader)
  const members = (pages ?? []).flatMap((page) => (isObject(page) ? ownList(page, 'Accounts') : []))
  const active = members.flatMap((member) => {
    const id = isObject(member) ? ownString(member, 'Id') : undefined
    const state = isObject(member) ? (own(member, 'State') ?? own(member, 'Status')) : undefined
    return id !== undefined && state === 'ACTIVE' ? [id] : []
  })
  return (active.length > 0 ? active : [caller.account]).sort()
}
