import { isObject, own, ownString, type Json, type JsonObject } from '../../../graph/index.ts'

/** What stands in an allow policy for one grant: a binding of its own, told from all others by the title of its condition. */
export interface GrantBinding {
  readonly role: string
  readonly member: string
  readonly title: string
}

export const TITLE_PREFIX = 'gomeisa-grant-'
const ENDS = /^request\.time < timestamp\("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"\)$/

/** Access until the deadline (milliseconds since 1970), to the second before it; Google's clock decides (CEL, `request.time`). */
export const endingAt = (deadline: number): string =>
  `request.time < timestamp("${new Date(Math.floor(deadline / 1000) * 1000).toISOString().replace('.000Z', 'Z')}")`

/** The policy with the binding in it, once; the same object where it stands there as it should. */
export function withBinding(policy: JsonObject, grant: GrantBinding, expression: string): JsonObject {
  const { role, member, title } = grant
  const ours = bindingsOf(policy).filter((each) => titleOf(each) === title && hasMember(each, member))
  if (ours.length === 1 && ours.every((each) => isAsMade(each, grant) && expressionOf(each) === expression))
    return policy
  const others = bindingsOf(withoutBinding(policy, title, member))
  const condition = { title, description: 'Access for a time. Do not change: it ends by itself.', expression }
  return { ...policy, bindings: [...others, { role, members: [member], condition }] }
}

/** The policy in which `member` is in no binding of that title; the same object where it is in none. All else stays. */
export const withoutBinding = (policy: JsonObject, title: string, member: string): JsonObject =>
  without(policy, member, (found) => found === title)

/** The same for all bindings that a broker made. */
export const withoutAnyGrant = (policy: JsonObject, member: string): JsonObject =>
  without(policy, member, (found) => found?.startsWith(TITLE_PREFIX) === true)

/** Whether the binding of the grant is there, and as it was made. */
export function seenIn(policy: JsonObject, grant: GrantBinding): 'absent' | 'present' | 'altered' {
  const ours = bindingsOf(policy).filter((each) => titleOf(each) === grant.title)
  if (!ours.some((each) => hasMember(each, grant.member))) return 'absent'
  return ours.length === 1 && ours.every((each) => isAsMade(each, grant)) ? 'present' : 'altered'
}

function without(
  policy: JsonObject,
  member: string,
  meant: (title: string | undefined) => boolean,
): JsonObject {
  const all = bindingsOf(policy)
  const touched = (each: Json) => meant(titleOf(each)) && hasMember(each, member)
  if (!all.some(touched)) return policy
  const bindings = all.flatMap((each) => {
    if (!touched(each) || !isObject(each)) return [each]
    // Others that somebody put there are not the broker's to remove.
    const members = membersOf(each).filter((one) => !isSame(one, member))
    return members.length === 0 ? [] : [{ ...each, members }]
  })
  return { ...policy, bindings }
}

function isAsMade(binding: Json, { role, member }: GrantBinding): boolean {
  const members = membersOf(binding)
  const same = isObject(binding) && ownString(binding, 'role') === role
  return same && members.length === 1 && hasMember(binding, member) && ENDS.test(expressionOf(binding) ?? '')
}

const bindingsOf = (policy: JsonObject): readonly Json[] => listOf(policy, 'bindings')
const membersOf = (binding: Json): readonly Json[] => (isObject(binding) ? listOf(binding, 'members') : [])
const hasMember = (binding: Json, member: string): boolean =>
  membersOf(binding).some((one) => isSame(one, member))
const titleOf = (binding: Json) => conditionText(binding, 'title')
const expressionOf = (binding: Json) => conditionText(binding, 'expression')

/** Google may write addresses in small letters, and `deleted:user:…?uid=…` once the account is gone (it can come back). */
function isSame(one: Json, member: string): boolean {
  const plain = typeof one === 'string' ? one.replace(/^deleted:(.*)\?uid=\w+$/, '$1') : ''
  return plain.toLowerCase() === member.toLowerCase()
}

function conditionText(binding: Json, key: string): string | undefined {
  const condition = isObject(binding) ? own(binding, 'condition') : undefined
  return isObject(condition) ? ownString(condition, key) : undefined
}

function listOf(from: JsonObject, key: string): readonly Json[] {
  const value = own(from, key)
  return isList(value) ? value : []
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
