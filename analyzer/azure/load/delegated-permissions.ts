import type { Row } from '../../../graph/index.ts'
import { isObject, ownString } from '../../../graph/index.ts'
import { isTold } from '../delegated-permissions.ts'
import { objectId } from '../scope.ts'
import type { Collected } from './collected.ts'
import { notePrincipal } from './collected.ts'

/**
 * Delegated permissions of an application (Microsoft Graph oAuth2PermissionGrant): for one user, or for all. Of those that reach
 * nothing that is told, a tenant has one for each user and application: they are passed over.
 */
export function readDelegatedPermission(row: Row, into: Collected): void {
  if (!isObject(row.value)) return
  const client = ownString(row.value, 'clientId')
  const of = ownString(row.value, 'resourceId')
  const user = ownString(row.value, 'principalId')
  const isForAll = ownString(row.value, 'consentType') === 'AllPrincipals'
  const granted = (ownString(row.value, 'scope') ?? '').toLowerCase().split(/\s+/)
  const scopes = granted.filter((scope) => isTold(scope, null))
  if (client === undefined || of === undefined || scopes.length === 0) return
  if (!isForAll && user === undefined) return
  const grant = { client: objectId(client), of: objectId(of), scopes, at: row.at }
  const unseen = (kind: 'service-principal' | 'user', name: string, human: boolean) =>
    ({ kind, name, fields: { human }, at: null }) as const
  notePrincipal(into, grant.client, unseen('service-principal', grant.client, false))
  if (isForAll || user === undefined) {
    into.delegated.push({ ...grant, user: null })
    return
  }
  const id = objectId(user)
  notePrincipal(into, id, unseen('user', id, true))
  into.delegated.push({ ...grant, user: id })
}
