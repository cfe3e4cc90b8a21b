/** What an IAM member string means (IAM documentation, "Principal identifiers"). */
export type Member =
  | { readonly type: 'user' | 'group'; readonly email: string }
  | { readonly type: 'serviceAccount'; readonly email: string }
  /** A Kubernetes service account of a cluster: `serviceAccount:POOL[NAMESPACE/NAME]`. */
  | { readonly type: 'pool-subject'; readonly pool: string; readonly subject: string }
  | { readonly type: 'pool-all' | 'pool-set'; readonly pool: string; readonly set: string }
  /** Every service account of a project, folder or organization: `projects/N`, `folders/N`, `organizations/N`. */
  | { readonly type: 'service-accounts-of' | 'service-agents-of'; readonly container: string }
  /** Everybody of a Workspace or Cloud Identity customer. */
  | { readonly type: 'customer'; readonly customer: string }
  | { readonly type: 'domain'; readonly domain: string }
  | { readonly type: 'allUsers' | 'allAuthenticatedUsers' }
  /** Whoever holds a basic role on a project. */
  | { readonly type: 'holders'; readonly role: string; readonly project: string }
  /** Was deleted; grants nothing unless it is restored. */
  | { readonly type: 'deleted' }
  /** A form this version does not know. */
  | { readonly type: 'other'; readonly text: string }

const BASIC: ReadonlyMap<string, string> = new Map([
  ['projectOwner', 'roles/owner'],
  ['projectEditor', 'roles/editor'],
  ['projectViewer', 'roles/viewer'],
])

/** The member with the parts folded whose case does not count: e-mail addresses and domains. */
export function canonicalMember(text: string): string {
  const colon = text.indexOf(':')
  const prefix = text.slice(0, colon)
  if (prefix === 'user' || prefix === 'group' || prefix === 'domain')
    return text.toLowerCase().replace(/^\w+/, prefix)
  if (prefix === 'serviceAccount' && !text.includes('['))
    return `${prefix}:${text.slice(colon + 1).toLowerCase()}`
  return text
}

/**
 * The spelling of allow policies (IAM v1) for an identifier of the newer policies (IAM v2 and v3), which is as it was when
 * it has none (IAM documentation, "Principal identifiers for deny policies").
 */
export function asAllowMember(text: string): string {
  if (text === 'principalSet://goog/public:all') return 'allUsers'
  for (const [prefix, type] of NEWER)
    if (text.startsWith(prefix)) return `${type}:${text.slice(prefix.length)}`
  return text
}

const NEWER = [
  ['principal://goog/subject/', 'user'],
  ['principal://iam.googleapis.com/projects/-/serviceAccounts/', 'serviceAccount'],
  ['principalSet://goog/group/', 'group'],
] as const

/** Reads a canonical member. */
export function parseMember(text: string): Member {
  if (text === 'allUsers' || text === 'allAuthenticatedUsers') return { type: text }
  const colon = text.indexOf(':')
  const prefix = text.slice(0, colon)
  const value = text.slice(colon + 1)
  if (prefix === 'user' || prefix === 'group') return { type: prefix, email: value }
  if (prefix === 'domain') return { type: 'domain', domain: value }
  if (prefix === 'deleted') return { type: 'deleted' }
  const basic = BASIC.get(prefix)
  if (basic !== undefined) return { type: 'holders', role: basic, project: value }
  if (prefix === 'serviceAccount') {
    const workload = /^([^[\]]+)\[([^[\]]+)\]$/.exec(value)
    if (workload === null) return { type: 'serviceAccount', email: value }
    return { type: 'pool-subject', pool: workload[1] ?? '', subject: workload[2] ?? '' }
  }
  if (prefix === 'principal' || prefix === 'principalSet') return parseFederated(text, value)
  return { type: 'other', text }
}

function parseFederated(text: string, value: string): Member {
  const pool =
    /^\/\/iam\.googleapis\.com\/((?:projects\/[^/]+\/)?locations\/global\/work(?:load|force)(?:Identity)?Pools\/[^/]+)\/(.+)$/.exec(
      value,
    )
  if (pool !== null) {
    const [, name = '', rest = ''] = pool
    if (rest.startsWith('subject/')) return { type: 'pool-subject', pool: name, subject: rest.slice(8) }
    return { type: rest === '*' ? 'pool-all' : 'pool-set', pool: name, set: rest }
  }
  const all =
    /^\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)\/type\/Service(Account|Agent)$/.exec(
      value,
    )
  if (all !== null) {
    const [, container = '', kind] = all
    return { type: kind === 'Agent' ? 'service-agents-of' : 'service-accounts-of', container }
  }
  const customer = /^\/\/goog\/cloudIdentityCustomerId\/(.+)$/.exec(value)?.[1]
  if (customer !== undefined) return { type: 'customer', customer }
  return { type: 'other', text }
}

/** The last step of a pool's name, by which a cluster's service accounts name it too. */
export function poolKey(pool: string): string {
  const last = pool.slice(pool.lastIndexOf('/') + 1)
  return last.endsWith('.svc.id.goog') ? last : pool
}

/** The project in a service account's e-mail, id or number as it stands there; `undefined` when it names none. */
export function projectOfServiceAccount(email: string): string | undefined {
  const at = email.lastIndexOf('@')
  const name = email.slice(0, at)
  const host = email.slice(at + 1)
  if (host.endsWith('.iam.gserviceaccount.com')) {
    const parts = host.slice(0, -'.iam.gserviceaccount.com'.length).split('.')
    if (isServiceAgent(email)) return undefined
    // A project of a domain, `example.com:build`, is written `build.example.com`.
    return parts.length === 1 ? parts[0] : `${parts.slice(1).join('.')}:${parts[0] ?? ''}`
  }
  if (host === 'appspot.gserviceaccount.com') return name
  if (host === 'developer.gserviceaccount.com') return /^(\d+)-compute$/.exec(name)?.[1]
  if (host === 'cloudbuild.gserviceaccount.com') return name
  return undefined
}

/**
 * Whether it belongs to Google's own services, not to a project's owner (IAM documentation, "Service agents"): their
 * names are the number of the project that they serve.
 */
export function isServiceAgent(email: string): boolean {
  return (
    /^\d+@cloudservices\.gserviceaccount\.com$/.test(email) ||
    /^[\w-]+@gcp-sa-[a-z-]+\.iam\.gserviceaccount\.com$/.test(email) ||
    /^service-\d{8,}@[a-z0-9.-]+\.iam\.gserviceaccount\.com$/.test(email)
  )
}
