/** Full resource names (Cloud API design guide, "Resource names") and the names of what holds them. */
export const RESOURCE_MANAGER = '//cloudresourcemanager.googleapis.com/'

/** Names that the export gave for the same thing. */
export interface Aliases {
  /** Project number → project id. */
  readonly projects: ReadonlyMap<string, string>
  /** Unique id of a service account → its e-mail. */
  readonly serviceAccounts: ReadonlyMap<string, string>
}

/**
 * One spelling of a full resource name: short container names (`projects/x`) become full, project numbers become ids
 * where the id is known, `projects/_/buckets/b` becomes the name that Cloud Asset Inventory gives a bucket, service
 * accounts are named by e-mail.
 */
export function canonicalResource(name: string, aliases: Aliases): string {
  const full = /^(projects|folders|organizations)\/[^/]+$/.test(name) ? RESOURCE_MANAGER + name : name
  const bucket = /^\/\/storage\.googleapis\.com\/projects\/_\/buckets\/(.+)$/.exec(full)
  if (bucket !== null) return `//storage.googleapis.com/${bucket[1] ?? ''}`
  const project = projectIn(full)
  const id = project === undefined ? undefined : aliases.projects.get(project)
  const named = id === undefined ? full : full.replace(`/projects/${project ?? ''}`, `/projects/${id}`)
  return named.startsWith('//iam.googleapis.com/') ? namedByEmail(named, aliases) : named
}

function namedByEmail(name: string, aliases: Aliases): string {
  const account = /\/serviceAccounts\/([^/]+)/.exec(name)?.[1]
  const email = account === undefined ? undefined : aliases.serviceAccounts.get(account)
  if (email === undefined || account === undefined) return name
  return name.replace(`/serviceAccounts/${account}`, `/serviceAccounts/${email}`)
}

/** A container by its path, anything else by its full name. */
export function shortName(name: string): string {
  return name.startsWith(RESOURCE_MANAGER) ? name.slice(RESOURCE_MANAGER.length) : name
}

/** The project id or number in a full resource name; `undefined` when it has none (`-` and `_` stand for any). */
export function projectIn(name: string): string | undefined {
  const project = /^\/\/[^/]+\/projects\/([^/]+)/.exec(name)?.[1]
  return project === '-' || project === '_' ? undefined : project
}

/** `projects/x`, `folders/1`, `organizations/1`: the container's own name, as the command line takes it. */
export function containerPath(name: string): string | undefined {
  return isContainer(name) ? name.slice(RESOURCE_MANAGER.length) : undefined
}

export function isContainer(name: string): boolean {
  return /^\/\/cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations)\/[^/]+$/.test(name)
}

/** The names of a resource's path above it, nearest first: of `//s/a/b/c/d` these are `//s/a/b/c`, `//s/a/b`, `//s/a`. */
export function* pathsAbove(name: string): Generator<string> {
  for (let end = name.lastIndexOf('/'); end > 2; end = name.lastIndexOf('/', end - 1)) {
    const above = name.slice(0, end)
    if (above.indexOf('/', 2) < 0) return
    yield above
  }
}

/** The name of a service account as a resource. */
export function serviceAccountResource(email: string, project: string): string {
  return `//iam.googleapis.com/projects/${project}/serviceAccounts/${email}`
}
