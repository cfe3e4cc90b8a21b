import { byId, must } from '../entitlement-list.ts'

/** A role on a project, folder or organization, bound to people for a time. */
export interface BindingEntitlement {
  readonly id: string
  /** `projects/…`, `folders/…` or `organizations/…` */
  readonly resource: string
  /** `roles/…`, or a custom role. Basic roles take no condition. */
  readonly role: string
  /** The principal of Google Cloud of each person that may get it, such as `user:ana@example.com`: there is no guessing by name. */
  readonly members: ReadonlyMap<string, string>
}

const RESOURCE = /^(?:projects\/[a-z][\w:.-]{4,62}|projects\/\d+|folders\/\d+|organizations\/\d+)$/
const ROLE = /^(?:(?:organizations\/\d+|projects\/[\w:.-]+)\/)?roles\/[\w.]+$/
/** One person each: what is bound to a group or to a domain would be given to others, and taken from them. */
const MEMBER = /^(?:(?:user|serviceAccount):[^\s:@]+@[^\s:@]+|principal:\/\/iam\.googleapis\.com\/[^\s]+)$/
/** "Conditions can't be used with basic roles" (Google, "Overview of IAM Conditions"). */
const BASIC = new Set([
  'roles/owner',
  'roles/editor',
  'roles/viewer',
  'roles/reader',
  'roles/writer',
  'roles/admin',
])

/** By id. Throws `INPUT_SHAPE` for what Google could not take, `INPUT_DUPLICATE` for an id that stands twice. */
export function bindingsById(all: readonly BindingEntitlement[]): ReadonlyMap<string, BindingEntitlement> {
  for (const { id, resource, role, members } of all) {
    must(RESOURCE.test(resource), id, '`resource` should be projects/…, folders/… or organizations/…')
    must(ROLE.test(role), id, '`role` should be roles/… or the name of a custom role')
    must(!BASIC.has(role), id, '`role` should not be a basic role: those take no condition')
    const single = [...members.values()].every((member) => MEMBER.test(member))
    must(single, id, '`members` should be single principals: user:…, serviceAccount:… or principal://…')
  }
  return byId(all)
}
