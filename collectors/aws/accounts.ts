import { isObject, own, ownList, ownString } from '../../graph/index.ts'
import { requiredCall } from './calls/table.ts'
import type { Where } from './clients.ts'
import type { Caller, RoleToTake } from './identity.ts'
import type { Walk } from './walk.ts'

/**
 * The accounts to read: with a role those of the organization that are in use, else the caller's own; of these the chosen
 * ones. Where the organization is not readable, the chosen ones, or the caller's own.
 */
export async function accountsToRead(
  walk: Walk,
  reader: Where,
  caller: Caller,
  chosen: { readonly role?: RoleToTake; readonly accounts?: readonly string[] },
): Promise<readonly string[]> {
  if (chosen.role === undefined) return [caller.account]
  const pages = await walk.once(requiredCall('organizations:ListAccounts'), reader)
  const members = (pages ?? []).flatMap((page) => (isObject(page) ? ownList(page, 'Accounts') : []))
  const active = members.flatMap((member) => {
    const id = isObject(member) ? ownString(member, 'Id') : undefined
    const state = isObject(member) ? (own(member, 'State') ?? own(member, 'Status')) : undefined
    return id !== undefined && state === 'ACTIVE' ? [id] : []
  })
  const known = active.length > 0 ? active : [...(chosen.accounts ?? [caller.account])]
  const wanted = chosen.accounts === undefined ? known : known.filter((id) => chosen.accounts?.includes(id))
  return wanted.sort()
}
