import type { Scope } from './cel/scope.ts'
import type { Value } from './cel/value.ts'
import { isList } from './cel/value.ts'

/** A tag of a resource, its own or inherited; ids may be unknown. */
export interface Tag {
  /** `123456789012/env`: the key's name in its organization or project. */
  readonly key: string | null
  readonly value: string | null
  /** `tagKeys/1`, `tagValues/2`. */
  readonly keyId: string | null
  readonly valueId: string | null
}

/** What is known of a request's attributes. */
export interface RequestFacts {
  readonly permission: string
  /** By path (`request.time`) or by the name that `api.getAttribute` takes; null: the request has no such attribute. */
  readonly attributes: Pick<ReadonlyMap<string, Value>, 'get'>
  /** All tags in effect, or null: not known. */
  readonly tags: readonly Tag[] | null
  /** See `Scope.notBefore`. */
  readonly notBefore?: bigint
}

/** Attributes of IAM conditions (IAM documentation, "Attribute reference for IAM Conditions"). */
export function requestScope(facts: RequestFacts): Scope {
  return {
    attribute: (path) => facts.attributes.get(path) ?? undefined,
    notBefore: (path) => (path === 'request.time' ? facts.notBefore : undefined),
    call(path, args) {
      if (path === 'api.getAttribute') return apiAttribute(facts, args)
      return tagFunction(facts.tags, path, args)
    },
  }
}

const MODIFIED_GRANTS = 'iam.googleapis.com/modifiedGrantsByRole'

/** Whether a permission changes an allow policy, so that requests have `modifiedGrantsByRole`. */
export function writesPolicy(permission: string): boolean {
  return permission.endsWith('.setIamPolicy')
}

function apiAttribute(facts: RequestFacts, [name, fallback]: readonly Value[]): Value | undefined {
  if (typeof name !== 'string' || fallback === undefined) return undefined
  const value = facts.attributes.get(name)
  if (value === null) return fallback
  if (value !== undefined) return value
  // Only requests that set an allow policy have this attribute.
  return name === MODIFIED_GRANTS && !writesPolicy(facts.permission) ? fallback : undefined
}

/** `resource.matchTag` and its kin; `undefined` when the tags, or their names in this form, are not known. */
function tagFunction(tags: readonly Tag[] | null, path: string, args: readonly Value[]): boolean | undefined {
  const form = FORMS.get(path)
  if (tags === null || form === undefined || args.some(isList)) return undefined
  const [key, value] = args
  if (args.length !== form.length) return undefined
  let open = false
  for (const tag of tags) {
    const [k, v] = [tag[form[0]], form[1] === undefined ? undefined : tag[form[1]]]
    if (k === null || v === null) open = true
    else if (k === key && (v === undefined || v === value)) return true
  }
  return open ? undefined : false
}

const FORMS: ReadonlyMap<string, readonly [keyof Tag, (keyof Tag)?]> = new Map<
  string,
  readonly [keyof Tag, (keyof Tag)?]
>([
  ['resource.matchTag', ['key', 'value']],
  ['resource.matchTagId', ['keyId', 'valueId']],
  ['resource.hasTagKey', ['key']],
  ['resource.hasTagKeyId', ['keyId']],
])
