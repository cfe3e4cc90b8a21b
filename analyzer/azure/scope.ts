/** ARM scopes (Azure RBAC documentation, "Understand scope"), folded to lower case: ARM compares them so. */

/** A scope or resource id in canonical form: lower case, one leading slash, no trailing one; the root is `/`. */
export function canonicalScope(text: string): string {
  const folded = text.trim().toLowerCase().replace(/\/+$/, '')
  if (folded === '') return '/'
  return folded.startsWith('/') ? folded : `/${folded}`
}

const MANAGEMENT_GROUPS = '/providers/microsoft.management/managementgroups/'

export function managementGroup(name: string): string {
  return MANAGEMENT_GROUPS + name.toLowerCase()
}

export function isManagementGroup(scope: string): boolean {
  return scope.startsWith(MANAGEMENT_GROUPS) && !scope.slice(MANAGEMENT_GROUPS.length).includes('/')
}

export function isSubscription(scope: string): boolean {
  return /^\/subscriptions\/[^/]+$/.test(scope)
}

export function isResourceGroup(scope: string): boolean {
  return /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/.test(scope)
}

/** The subscription or management group that a scope lies in (or is); `undefined` for the root and other scopes. */
export function containerOf(scope: string): string | undefined {
  const subscription = /^\/subscriptions\/[^/]+/.exec(scope)?.[0]
  if (subscription !== undefined) return subscription
  if (!scope.startsWith(MANAGEMENT_GROUPS)) return undefined
  return MANAGEMENT_GROUPS + (scope.slice(MANAGEMENT_GROUPS.length).split('/')[0] ?? '')
}

/** The scope and every prefix of it that ends at a step, nearest first, without the root. */
export function* pathUp(scope: string): Generator<string> {
  for (let at = scope; at.length > 1; at = at.slice(0, at.lastIndexOf('/'))) yield at
}

/** The last step of an id: the GUID of a role definition. */
export function lastStep(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase()
}

/** What activation policies are found by: a scope (of a group `group:` and its id) and a role (of a group `member` or `owner`). */
export function activationKey(scope: string, role: string): string {
  return `${scope} ${role}`
}

/** Container node of the whole directory. */
export function tenantScope(tenant: string): string {
  return `/tenants/${tenant.toLowerCase()}`
}

const GUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** An object id, with dashes whether or not it was written with them. */
export function objectId(text: string): string {
  const folded = text.toLowerCase()
  if (folded.length !== 32 || !GUID.test(folded)) return folded
  return folded.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function isObjectId(text: string): boolean {
  return GUID.test(text)
}
