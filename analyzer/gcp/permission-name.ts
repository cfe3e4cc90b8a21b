/**
 * One spelling for each permission. Allow policies and roles write `resourcemanager.projects.get`; deny policies, and a
 * few role definitions, write `<service host>/projects.get` (IAM documentation, "Deny policies", permission names;
 * `cloudresourcemanager.googleapis.com` is the host of the service `resourcemanager`). Other hosts keep their name.
 */
export function canonicalPermission(name: string): string {
  const slash = name.indexOf('/')
  if (slash < 0) return name
  const host = name.slice(0, slash)
  if (!host.endsWith(GOOGLE)) return name
  const service = host.slice(0, -GOOGLE.length)
  return `${service === 'cloudresourcemanager' ? 'resourcemanager' : service}.${name.slice(slash + 1)}`
}

const GOOGLE = '.googleapis.com'

/** Whether a text has the form of a permission: `service.resource.verb`, or with a host before a slash. */
export function isPermissionName(text: string): boolean {
  return (
    /^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+){2,}$/.test(text) ||
    /^[a-z0-9.-]+\.[a-z]+\/[\w-]+(\.[\w-]+)+$/.test(text)
  )
}
