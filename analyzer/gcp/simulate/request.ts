import type { Json, JsonObject } from '../../../graph/index.ts'
import { isObject, own } from '../../../graph/index.ts'
import { asAllowMember, canonicalMember } from '../member.ts'
import { canonicalPermission, isPermissionName } from '../permission-name.ts'
import { timestampOf } from '../policy/cel/time.ts'
import type { Value } from '../policy/cel/value.ts'
import type { Tag } from '../policy/request-scope.ts'
import { RESOURCE_MANAGER } from '../resource-name.ts'
import { badShape, filledAt, listAt, objectAt, textAt, textsAt } from './shape.ts'

/** Who asks, and what is known of them. */
export interface Asking {
  /** As allow policies spell it, canonical. */
  readonly member: string
  /** Attributes of a federated identity (`google.groups`, `attribute.x`); null: not known. */
  readonly attributes: ReadonlyMap<string, Value> | null
  /** Id of the Google customer; null: not known. */
  readonly customer: string | null
  /** Full names of the principal sets (containers, pools, workspaces) they are in; null: not known. */
  readonly within: ReadonlySet<string> | null
}

/** The parts of a request that are no policies. */
export interface Request {
  readonly asking: Asking
  /** Canonical. */
  readonly permission: string
  /** The resource and all above it, nearest first. */
  readonly scopes: readonly string[]
  /** Members of groups by canonical member; a group that is not there has unknown members. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly tags: readonly Tag[] | null
  readonly attributes: Pick<ReadonlyMap<string, Value>, 'get'>
}

export function readRequest(line: JsonObject): Request {
  const permission = filledAt(line, 'permission', '')
  if (!isPermissionName(permission)) throw badShape('/permission', `\`${permission}\` is no permission`)
  const resource = fullName(filledAt(line, 'resource', ''))
  const ancestors = textsAt(line, 'ancestors', '').map(fullName)
  return {
    asking: readPrincipal(line),
    permission: canonicalPermission(permission),
    scopes: [...new Set([resource, ...ancestors])],
    groups: readGroups(line),
    tags: readTags(line),
    attributes: readContext(line),
  }
}

/** `projects/x` and its kin become full resource names. */
export function fullName(name: string): string {
  return /^(projects|folders|organizations)\/[^/]+$/.test(name) ? RESOURCE_MANAGER + name : name
}

function readPrincipal(line: JsonObject): Asking {
  const given = own(line, 'principal')
  if (typeof given === 'string' && given !== '') {
    return { member: memberOf(given), attributes: null, customer: null, within: null }
  }
  if (!isObject(given)) throw badShape('', '`principal` is missing')
  const at = '/principal'
  const attributes = objectAt(given, 'attributes', at)
  const within = own(given, 'within') === undefined ? null : textsAt(given, 'within', at)
  return {
    member: memberOf(filledAt(given, 'member', at)),
    attributes: attributes === null ? null : valuesOf(attributes),
    customer: textAt(given, 'customer', at),
    within: within === null ? null : new Set(within.map(fullName)),
  }
}

const MEMBERS = new Map<string, string>()

/** The canonical spelling of a principal in either form; texts repeat from request to request. */
export function memberOf(text: string): string {
  let member = MEMBERS.get(text)
  if (member === undefined) {
    member = canonicalMember(asAllowMember(text))
    if (MEMBERS.size >= 20_000) MEMBERS.clear()
    MEMBERS.set(text, member)
  }
  return member
}

function readGroups(line: JsonObject): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>()
  const given = objectAt(line, 'groups', '')
  if (given === null) return groups
  for (const name of Object.keys(given)) {
    const members = textsAt(given, name, '/groups').map(memberOf)
    groups.set(memberOf(name.includes(':') ? name : `group:${name}`), members)
  }
  return groups
}

/** Tags as `google.cloud.resourcemanager.v3.EffectiveTag`, or as a map of namespaced key to short value. */
function readTags(line: JsonObject): readonly Tag[] | null {
  const given = own(line, 'tags')
  if (given === undefined || given === null) return null
  if (isObject(given)) {
    return Object.keys(given).map((key) => ({
      key,
      value: textAt(given, key, '/tags'),
      keyId: null,
      valueId: null,
    }))
  }
  return listAt(line, 'tags', '').map((tag, i): Tag => {
    if (!isObject(tag)) throw badShape(`/tags/${i}`, 'it is no object')
    const at = `/tags/${i}`
    const value = textAt(tag, 'namespacedTagValue', at)
    return {
      key:
        textAt(tag, 'namespacedTagKey', at) ??
        (value === null ? null : value.slice(0, value.lastIndexOf('/'))),
      value: value === null ? null : value.slice(value.lastIndexOf('/') + 1),
      keyId: textAt(tag, 'tagKey', at),
      valueId: textAt(tag, 'tagValue', at),
    }
  })
}

/** Attributes of the request by path or name, made into values when they are asked for; times are RFC 3339 texts. */
function readContext(line: JsonObject): Request['attributes'] {
  const given = objectAt(line, 'context', '')
  if (given === null) return NOTHING
  const time = textAt(given, 'request.time', '/context')
  const instant = time === null ? undefined : timestampOf(time)
  if (time !== null && instant === undefined)
    throw badShape('/context/request.time', 'it is no RFC 3339 time')
  return {
    get(key) {
      if (instant !== undefined && key === 'request.time') return instant
      const value = own(given, key)
      return value === undefined ? undefined : valueOf(value, 0)
    },
  }
}

const NOTHING: Request['attributes'] = new Map<string, Value>()

function valuesOf(object: JsonObject, depth = 0): Map<string, Value> {
  const values = new Map<string, Value>()
  for (const [key, value] of Object.entries(object))
    if (value !== undefined) values.set(key, valueOf(value, depth))
  return values
}

/** Deepest value of an attribute. */
const DEEPEST = 32

/** JSON as a CEL value: whole numbers are `int`. */
function valueOf(json: Json, depth: number): Value {
  if (depth > DEEPEST) throw badShape('', `an attribute is nested deeper than ${DEEPEST}`)
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => valueOf(item, depth + 1))
  return isObject(json) ? valuesOf(json, depth + 1) : (json as Value)
}
