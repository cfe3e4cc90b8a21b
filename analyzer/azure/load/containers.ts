import type { JsonObject, Row, SourceRef } from '../../../graph/index.ts'
import { isObject, own, ownObject, ownString, pointerStep } from '../../../graph/index.ts'
import { canonicalScope, lastStep, managementGroup } from '../scope.ts'
import type { Collected } from './collected.ts'
import { list, text } from './fields.ts'
import { tagsOf } from './tags.ts'

/** A management group: the tree of `az account management-group show --expand --recurse`, or a row of the listing. */
export function readManagementGroup(row: Row, into: Collected): void {
  if (isObject(row.value)) readTree(row.value, row.at, undefined, into)
}

function readTree(group: JsonObject, at: SourceRef, parent: string | undefined, into: Collected): void {
  const name = ownString(group, 'name')
  const tenant = text(group, 'tenantId')
  noteTenant(tenant, into)
  if (name === undefined) return
  const id = managementGroup(name)
  into.containers.set(id, { name: text(group, 'displayName') ?? name, tags: [], at })
  const details = ownObject(group, 'details') ?? ownObject(ownObject(group, 'properties') ?? {}, 'details')
  const above = details === undefined ? undefined : ownObject(details, 'parent')
  const aboveName =
    above === undefined ? undefined : (ownString(above, 'name') ?? lastStep(ownString(above, 'id') ?? ''))
  if (parent !== undefined) into.parents.set(id, parent)
  else if (aboveName !== undefined && aboveName !== '') into.parents.set(id, managementGroup(aboveName))
  // The root management group has the tenant's id as its name and no parent (management groups documentation).
  else if (
    name.toLowerCase() === tenant?.toLowerCase() ||
    (details !== undefined && own(details, 'parent') === null)
  ) {
    into.roots.add(id)
  }
  const key = Object.hasOwn(group, 'children') ? '/children' : '/properties/children'
  for (const [i, child] of list(group, 'children').entries()) {
    if (!isObject(child)) continue
    const place = { ...at, pointer: `${at.pointer}${key}${pointerStep(i)}` }
    const type = ownString(child, 'type')?.toLowerCase() ?? ''
    if (type.endsWith('managementgroups')) readTree(child, place, id, into)
    else {
      const step = ownString(child, 'name') ?? lastStep(ownString(child, 'id') ?? '')
      const subscription = canonicalScope(`/subscriptions/${step}`)
      into.parents.set(subscription, id)
      if (!into.containers.has(subscription)) {
        into.containers.set(subscription, { name: text(child, 'displayName') ?? step, tags: [], at: place })
      }
    }
  }
}

/** A row of `az account list`, or a subscription as REST gives it. */
export function readSubscription(row: Row, into: Collected): void {
  if (isObject(row.value)) readSubscriptionObject(row.value, row.at, into)
}

export function readSubscriptionObject(subscription: JsonObject, at: SourceRef, into: Collected): void {
  const id = ownString(subscription, 'subscriptionId') ?? ownString(subscription, 'id')
  if (id === undefined) return
  const tenant = ownString(subscription, 'tenantId') ?? ownString(subscription, 'homeTenantId')
  noteTenant(tenant, into)
  if (tenant?.toLowerCase() === into.tenant) nameTenant(subscription, 'tenantDisplayName', into)
  into.containers.set(canonicalScope(`/subscriptions/${lastStep(id)}`), {
    name: ownString(subscription, 'displayName') ?? ownString(subscription, 'name') ?? id,
    tags: tagsOf(ownObject(subscription, 'tags')),
    at,
  })
}

/** Notes a tenant that something imported belongs to; the first is the estate's. */
export function noteTenant(tenant: string | undefined, into: Collected): void {
  if (tenant === undefined) return
  into.tenant ??= tenant.toLowerCase()
  into.tenants.add(tenant.toLowerCase())
}

/** What every tenant is called until somebody renames it. */
const UNNAMED = 'Default Directory'

/** Takes the tenant's display name, or its default domain where it was never given one. */
export function nameTenant(from: JsonObject, key: string, into: Collected): void {
  const given = ownString(from, key)
  const domain = ownString(from, 'tenantDefaultDomain') ?? ownString(from, 'defaultDomain')
  const name = given === undefined || given === UNNAMED ? (domain ?? given) : given
  if (name !== undefined && name !== '') into.tenantName ??= name
}
