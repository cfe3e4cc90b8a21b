import { byId, must } from '../entitlement-list.ts'

/** A role at a scope, assigned to people for a time. */
export interface AssignmentEntitlement {
  readonly id: string
  /** A subscription, resource group or resource: `/subscriptions/…`. */
  readonly scope: string
  /** Id of the role definition: `/providers/Microsoft.Authorization/roleDefinitions/GUID`, under a subscription or not. */
  readonly role: string
  /** The object id in Entra of each person that may get it: there is no guessing by name. */
  readonly principals: ReadonlyMap<string, string>
}

const GUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
const SEGMENT = String.raw`(?!\.+(?:/|$))[\w.()-]{1,260}`
const SCOPE = new RegExp(
  `^/subscriptions/${GUID}(?:/resourceGroups/${SEGMENT}(?:/providers/${SEGMENT}(?:/${SEGMENT}/${SEGMENT})+)?)?$`,
  'i',
)
const ROLE = new RegExp(
  `^(?:/subscriptions/${GUID})?/providers/Microsoft\\.Authorization/roleDefinitions/${GUID}$`,
  'i',
)
const PRINCIPAL = new RegExp(`^${GUID}$`, 'i')

/** By id. Throws `INPUT_SHAPE` for what Azure could not take, `INPUT_DUPLICATE` for an id that stands twice. */
export function assignmentsById(
  all: readonly AssignmentEntitlement[],
): ReadonlyMap<string, AssignmentEntitlement> {
  for (const { id, scope, role, principals } of all) {
    // Microsoft: at management groups it can be twelve hours until a change is heard of.
    must(SCOPE.test(scope), id, '`scope` should be a subscription, a resource group or a resource')
    must(ROLE.test(role), id, '`role` should be the id of a role definition, which ends with a GUID')
    const objects = [...principals.values()].every((each) => PRINCIPAL.test(each))
    must(objects, id, '`principals` should be object ids of users')
  }
  return byId(all)
}
