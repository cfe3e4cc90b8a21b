import type { JsonObject, Row } from '../../../graph/index.ts'
import { isObject, own, ownObject, ownString } from '../../../graph/index.ts'
import type { Collected } from './collected.ts'
import { eitherObject } from './fields.ts'

/** A row of `gcloud identity groups memberships list`; the group is named by the call. */
export function readMembershipRow(row: Row, scope: string | undefined, into: Collected): void {
  const called = row.parameters === undefined ? undefined : groupOf(row.parameters)
  const group = called ?? scope
  if (group === undefined) return
  const key = `group:${group.toLowerCase().replace(/^group:/, '')}`
  const members = into.groups.get(key) ?? []
  into.groups.set(key, members)
  if (!isObject(row.value)) return
  const preferred = eitherObject(row.value, 'preferredMemberKey') ?? eitherObject(row.value, 'memberKey')
  const id = preferred === undefined ? undefined : ownString(preferred, 'id')
  if (id === undefined) return
  members.push({ member: memberOf(id.toLowerCase(), ownString(row.value, 'type')), at: row.at })
}

function groupOf(parameters: JsonObject): string | undefined {
  const given = own(parameters, 'group') ?? own(parameters, 'group-email') ?? own(parameters, 'groupEmail')
  if (typeof given === 'string') return given
  const key = ownObject(parameters, 'groupKey')
  return key === undefined ? undefined : ownString(key, 'id')
}

/** Cloud Identity API, Membership.type: USER, SERVICE_ACCOUNT, GROUP …; listings leave it out in the basic view. */
function memberOf(id: string, type: string | undefined): string {
  if (type === 'GROUP') return `group:${id}`
  if (type === 'SERVICE_ACCOUNT' || id.endsWith('gserviceaccount.com')) return `serviceAccount:${id}`
  return type === undefined ? id : `user:${id}`
}
