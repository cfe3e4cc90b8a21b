import type { GrantTerms } from '../../grants/connector.ts'
import { accountFor, byId, must } from '../entitlement-list.ts'
import { GUID, isGuid } from './names.ts'

/** What users of Entra are given. */
interface ForUsers {
  readonly id: string
  /** The object id in Entra of each person that may get it: there is no guessing by name. */
  readonly principals: ReadonlyMap<string, string>
}

/** A role at a scope, assigned to people for a time. */
export interface AssignmentEntitlement extends ForUsers {
  /** A subscription, resource group or resource: `/subscriptions/…`. */
  readonly scope: string
  /** Id of the role definition: `/providers/Microsoft.Authorization/roleDefinitions/GUID`, under a subscription or not. */
  readonly role: string
}

/** A group of Entra, in which people are for a time. */
export interface GroupEntitlement extends ForUsers {
  /** The tenant of the group, which approvers see. */
  readonly tenant: string
  /** Object id of the group. */
  readonly group: string
}

const SEGMENT = String.raw`(?!\.+(?:/|$))[\w.()-]{1,260}`
const SCOPE = new RegExp(
  `^/subscriptions/${GUID}(?:/resourceGroups/${SEGMENT}(?:/providers/${SEGMENT}(?:/${SEGMENT}/${SEGMENT})+)?)?$`,
  'i',
)
const ROLE = new RegExp(
  `^(?:/subscriptions/${GUID})?/providers/Microsoft\\.Authorization/roleDefinitions/${GUID}$`,
  'i',
)

/** By id. Throws `INPUT_SHAPE` for what Azure could not take, `INPUT_DUPLICATE` for an id that stands twice. */
export function assignmentsById(
  all: readonly AssignmentEntitlement[],
): ReadonlyMap<string, AssignmentEntitlement> {
  for (const each of all) {
    const { id, scope, role } = each
    // Microsoft: at management groups it can be twelve hours until a change is heard of.
    must(SCOPE.test(scope), id, '`scope` should be a subscription, a resource group or a resource')
    must(ROLE.test(role), id, '`role` should be the id of a role definition, which ends with a GUID')
    mustBeForUsers(each)
  }
  return byId(all)
}

/** The same of groups. */
export function groupsById(all: readonly GroupEntitlement[]): ReadonlyMap<string, GroupEntitlement> {
  for (const each of all) {
    const { id, tenant, group } = each
    must(isGuid(tenant) && isGuid(group), id, '`tenant` and `group` should be GUIDs')
    mustBeForUsers(each)
  }
  return byId(all)
}

/** The user in Entra of the person that the terms are for. Throws `NOT_FOUND`. */
export function userFor(terms: GrantTerms, { principals }: ForUsers): string {
  return accountFor(terms, { list: 'principals', kind: 'user of Entra', of: principals })
}

function mustBeForUsers({ id, principals }: ForUsers): void {
  must([...principals.values()].every(isGuid), id, '`principals` should be object ids of users')
}
