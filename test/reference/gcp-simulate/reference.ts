/* eslint-disable @typescript-eslint/no-unsafe-call -- raw documents */
/**
 * Google Cloud's decision about one request of which everything is known, slow and obvious. Written from the IAM
 * documentation ("Policy evaluation", "Principal identifiers", "Deny policies", "Principal access boundary policies",
 * "Access policies") and the protocol buffers of google.iam.v1, v2 and v3; shares no code with the analyzer.
 */
import { evaluate } from './cel.ts'
import type { Known } from './cel.ts'

export type Verdict = 'allowed' | 'denied-explicit' | 'denied-implicit'

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- documents as they come

/** Every name under which policies can mean the principal, in the spelling of allow policies. */
export function namesOf(request: Any): Set<string> {
  const { member, attributes = {}, customer, within = [] } = request.principal
  const names = new Set<string>([member, 'allUsers'])
  const [kind = '', ...rest] = String(member).split(':')
  const value = rest.join(':')
  const isAccount = kind === 'user' || (kind === 'serviceAccount' && !value.includes('['))
  if (isAccount) names.add('allAuthenticatedUsers')
  if (isAccount && customer !== undefined)
    names.add(`principalSet://goog/cloudIdentityCustomerId/${customer}`)
  if (kind === 'user') names.add(`domain:${value.split('@')[1] ?? ''}`)
  if (kind === 'serviceAccount' && isAccount) {
    const isAgent = /^service-\d+@/.test(value)
    for (const set of within.map(full))
      names.add(`principalSet:${set}/type/${isAgent ? 'ServiceAgent' : 'ServiceAccount'}`)
  }
  const pool = /^principal:(\/\/iam\.googleapis\.com\/.*Pools\/[^/]+)\/subject\//.exec(member)?.[1]
  if (pool !== undefined) {
    names.add(`principalSet:${pool}/*`)
    for (const group of attributes['google.groups'] ?? []) names.add(`principalSet:${pool}/group/${group}`)
    for (const [key, each] of Object.entries(attributes)) {
      if (key.startsWith('attribute.')) names.add(`principalSet:${pool}/${key}/${String(each)}`)
    }
  }
  // Groups hold Google accounts; once more round for every group that might hold another.
  const groups = Object.entries(request.groups as Record<string, string[]>)
  for (let round = 0; isAccount && round <= groups.length; round++) {
    for (const [group, members] of groups)
      if (members.some((m) => names.has(m) && m !== 'allUsers')) names.add(`group:${group}`)
  }
  return names
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^principal:\/\/goog\/subject\//, 'user:'],
  [/^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\//, 'serviceAccount:'],
  [/^principalSet:\/\/goog\/group\//, 'group:'],
  [/^principalSet:\/\/goog\/public:all$/, 'allUsers'],
]

function spelled(identifier: string): string {
  return SPELLINGS.reduce((text, [form, prefix]) => text.replace(form, prefix), identifier)
}

/** `host/resource.verb` of a permission that a role spells `service.resource.verb`. */
function newer(permission: string): string {
  if (permission.includes('/')) return permission
  const [service = '', ...rest] = permission.split('.')
  const host = service === 'resourcemanager' ? 'cloudresourcemanager' : service
  return `${host}.googleapis.com/${rest.join('.')}`
}

function listed(list: string[] | undefined, permission: string): boolean {
  return (list ?? []).some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'))
    return new RegExp(`^${parts.join('.*')}$`).test(newer(permission))
  })
}

export function knownOf(request: Any): Known {
  const tags = (request.tags as Any[]).map((tag) => ({
    key: tag.namespacedTagKey as string,
    value: String(tag.namespacedTagValue).split('/').at(-1) ?? '',
    keyId: tag.tagKey as string,
    valueId: tag.tagValue as string,
  }))
  const attributes = Object.entries(request.context as object).filter(([, value]) => value !== null)
  return { attributes: Object.fromEntries(attributes), tags }
}

export function referenceDecision(request: Any): Verdict {
  const names = namesOf(request)
  const known = knownOf(request)
  const scopes = new Set([request.resource, ...request.ancestors].map(full))
  const holds = (condition: Any): boolean =>
    condition === undefined || evaluate(condition.expression, known) === true
  const meant = (list: string[] | undefined): boolean => (list ?? []).some((text) => names.has(spelled(text)))
  const rulesOfAccess = (request.accessPolicies as Any[])
    .filter(({ resource }) => scopes.has(full(resource)))
    .flatMap(({ policy }) => policy.details.rules as Any[])
    .filter(
      (rule) =>
        listed(rule.operation.permissions, request.permission) &&
        !listed(rule.operation.excludedPermissions, request.permission) &&
        meant(rule.principals) &&
        !meant(rule.excludedPrincipals) &&
        Object.values(rule.conditions ?? {}).every(holds),
    )

  for (const policy of request.denyPolicies as Any[]) {
    if (!scopes.has(`//${decodeURIComponent(policy.name.split('/')[1])}`)) continue
    for (const { denyRule: rule } of policy.rules) {
      const about =
        listed(rule.deniedPermissions, request.permission) &&
        !listed(rule.exceptionPermissions, request.permission)
      if (
        about &&
        meant(rule.deniedPrincipals) &&
        !meant(rule.exceptionPrincipals) &&
        holds(rule.denialCondition)
      ) {
        return 'denied-explicit'
      }
    }
  }
  if (rulesOfAccess.some((rule) => rule.effect === 'DENY')) return 'denied-explicit'
  if (!isEligible(request, scopes)) return 'denied-implicit'
  if (rulesOfAccess.some((rule) => rule.effect === 'ALLOW')) return 'allowed'

  const granted = (request.allowPolicies as Any[]).some(
    ({ resource, policy }) =>
      scopes.has(full(resource)) &&
      policy.bindings.some(
        (b: Any) =>
          isIn(request, b.role) &&
          holds(b.condition) &&
          b.members.some((m: string) => names.has(m) || holdsBasic(request, m, names, holds)),
      ),
  )
  return granted ? 'allowed' : 'denied-implicit'
}

function full(name: string): string {
  return name.startsWith('//') ? name : `//cloudresourcemanager.googleapis.com/${name}`
}

/** Whether the permission is in a role. */
function isIn(request: Any, name: string): boolean {
  const role = (request.roles as Any[]).find((each) => each.name === name)
  return (
    role.stage !== 'DISABLED' &&
    (role.includedPermissions as string[]).some((p) => newer(p) === newer(request.permission))
  )
}

/** `projectOwner:p`: whoever has the role on the project itself. */
function holdsBasic(
  request: Any,
  member: string,
  names: Set<string>,
  holds: (condition: Any) => boolean,
): boolean {
  const [, word = '', project = ''] = /^project(Owner|Editor|Viewer):(.+)$/.exec(member) ?? []
  if (word === '') return false
  return (request.allowPolicies as Any[]).some(
    ({ resource, policy }) =>
      full(resource) === full(`projects/${project}`) &&
      policy.bindings.some(
        (b: Any) =>
          b.role === `roles/${word.toLowerCase()}` &&
          holds(b.condition) &&
          b.members.some((m: string) => names.has(m)),
      ),
  )
}

function isEligible(request: Any, scopes: Set<string>): boolean {
  const {
    principalAccessBoundaryPolicies: policies,
    policyBindings: bindings,
    enforcement,
  } = request.boundaries
  const { member, within = [] } = request.principal
  const isFederated = member.startsWith('principal:')
  const type = isFederated
    ? member.includes('workforcePools')
      ? 'WorkforcePoolIdentity'
      : 'WorkloadPoolIdentity'
    : member.startsWith('user:')
      ? 'WorkspaceIdentity'
      : 'ServiceAccount'
  const subject = isFederated ? member.split('/subject/')[1] : String(member).split(':').slice(1).join(':')
  const principal = { type: `iam.googleapis.com/${type}`, subject }
  const nothing: Known = { attributes: {}, tags: [] }
  const bound = (bindings as Any[])
    .filter(({ target }) => member !== 'allUsers' && within.map(full).includes(full(target.principalSet)))
    .filter(
      ({ condition }) =>
        condition === undefined || evaluate(condition.expression, nothing, { principal }) === true,
    )
    .map(({ policy }) => (policies as Any[]).find(({ name }) => name === policy).details)
  if (
    bound.some(({ rules }) =>
      rules.some((rule: Any) => rule.resources.map(full).some((r: string) => scopes.has(r))),
    )
  )
    return true
  // Not eligible: what the enforcement version of any of them blocks is blocked.
  return !bound.some(({ enforcementVersion }) => {
    const last =
      enforcementVersion === 'latest' || enforcementVersion === undefined ? 4 : Number(enforcementVersion)
    return [1, 2, 3, 4].filter((v) => v <= last).some((v) => listed(enforcement[v], request.permission))
  })
}

/* eslint-enable @typescript-eslint/no-unsafe-call */
