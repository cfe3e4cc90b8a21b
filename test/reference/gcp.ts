/**
 * GCP allow and deny policies, slow and obvious: every question walks every binding. Written from the IAM documentation ("Allow
 * policies", "Principal identifiers", "Deny policies", "Resource hierarchy"); shares no code with the analyzer.
 */
import type { Exported } from '../analyzer/memory-reader.ts'

export interface Verdict {
  readonly decision: 'allowed' | 'allowed-if' | 'denied' | 'unknown'
  readonly otherwise?: 'allowed' | 'allowed-if' | 'denied'
}

/** How a thing applies: `yes`, `if` a condition holds, `maybe` (a missing fact). Several may hold at once. */
type Truth = 'yes' | 'if' | 'maybe'

type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- raw documents of an export

const CRM = '//cloudresourcemanager.googleapis.com/'

export class GcpReference {
  private readonly bindings: {
    on: string
    role: string
    members: string[]
    condition: string | undefined
  }[] = []
  private readonly roles = new Map<string, string[]>()
  private readonly parents = new Map<string, string[]>()
  private readonly roots = new Set<string>()
  private readonly groups = new Map<string, string[]>()
  private readonly denies: { on: string; rule: Any }[] = []
  private readonly ids = new Map<string, string>()

  constructor(exports: readonly Exported[]) {
    const rows = (kind: string): { row: Any; parameters: Any }[] =>
      exports
        .filter((e) => e.kind === kind)
        .flatMap((e) => e.rows.map((row) => ({ row, parameters: e.parameters })))
    for (const { row } of rows('gcp.projects')) this.ids.set(String(row.projectNumber), row.projectId)
    for (const { row } of rows('gcp.projects')) {
      const name = `${CRM}projects/${row.projectId}`
      if (row.parent === undefined) this.roots.add(name)
      else this.parents.set(name, [`${CRM}${row.parent.type}s/${row.parent.id}`])
    }
    for (const { row } of [...rows('gcp.folders'), ...rows('gcp.organizations')]) {
      if (row.parent !== undefined) this.parents.set(`${CRM}${row.name}`, [`${CRM}${row.parent}`])
    }
    for (const { row } of rows('gcp.iam-policies')) {
      const above = [row.project, ...(row.folders ?? []), row.organization].filter((x) => x !== undefined)
      this.parents.set(this.name(row.resource), [
        ...(this.parents.get(this.name(row.resource)) ?? []),
        ...above.map((path: string) => this.name(CRM + path)),
      ])
      for (const b of row.policy.bindings ?? []) {
        const condition = b.condition?.expression
        this.bindings.push({ on: this.name(row.resource), role: b.role, members: b.members, condition })
      }
    }
    for (const { row } of rows('gcp.roles')) this.roles.set(row.name, row.includedPermissions)
    for (const { row, parameters } of rows('gcp.group-memberships')) {
      const group = `group:${parameters.group}`
      const type = row.type === 'GROUP' ? 'group' : row.type === 'SERVICE_ACCOUNT' ? 'serviceAccount' : 'user'
      this.groups.set(group, [...(this.groups.get(group) ?? []), `${type}:${row.preferredMemberKey.id}`])
    }
    for (const { row } of rows('gcp.deny-policies')) {
      const on = this.name(`//${decodeURIComponent(String(row.name).split('/')[1] ?? '')}`)
      for (const { denyRule } of row.rules) this.denies.push({ on, rule: denyRule })
    }
  }

  can(principal: string, permission: string, resource: string): Verdict {
    const scopes = this.ancestry(this.name(resource))
    const truths: Truth[] = []
    for (const binding of this.bindings) {
      if (!scopes.has(binding.on)) continue
      const permissions = this.roles.get(binding.role)
      if (permissions !== undefined && !permissions.includes(permission)) continue
      const holds = conditionTruth(binding.condition, permission)
      if (holds === 'never') continue
      for (const member of binding.members) {
        for (const truth of this.means(member, principal)) {
          const unknownRole = permissions === undefined
          truths.push(unknownRole ? 'maybe' : truth === 'yes' ? holds : truth)
        }
      }
    }
    const root = [...scopes].find((s) => s.startsWith(`${CRM}organizations/`) || this.roots.has(s))
    if (root === undefined || !this.bindings.some((b) => this.ancestry(b.on).has(root))) truths.push('maybe')
    const denials = this.denials(principal, permission, scopes)
    if (denials.includes('yes')) return { decision: 'denied' }
    const granted = truths.includes('yes') ? 'allowed' : truths.includes('if') ? 'allowed-if' : 'denied'
    const otherwise = granted === 'allowed' && denials.includes('if') ? 'allowed-if' : granted
    const maybe = granted !== 'allowed' && truths.includes('maybe')
    const touched = (granted !== 'denied' || maybe) && denials.includes('maybe')
    return maybe || touched ? { decision: 'unknown', otherwise } : { decision: otherwise }
  }

  private name(resource: string): string {
    return resource.replace(/\/projects\/(\d+)/, (all, number: string) => {
      const id = this.ids.get(number)
      return id === undefined ? all : `/projects/${id}`
    })
  }

  private ancestry(resource: string): Set<string> {
    const found = new Set([resource])
    for (const at of found) {
      for (const parent of this.parents.get(at) ?? []) found.add(parent)
      const project = /^\/\/[^/]+\/projects\/([^/]+)\//.exec(at)?.[1]
      if (project !== undefined) found.add(`${CRM}projects/${project}`)
      // The path of a resource continues the path of what holds it.
      for (const on of [...this.parents.keys(), ...this.bindings.map((b) => b.on)]) {
        if (at.startsWith(`${on}/`)) found.add(on)
      }
    }
    return found
  }

  /** Every way in which a binding's member means the principal. */
  private means(member: string, principal: string): Truth[] {
    if (member === principal || member === 'allUsers') return ['yes']
    const [kind, value] = split(member)
    const [principalKind, principalValue] = split(principal)
    if (member === 'allAuthenticatedUsers') {
      return ['user', 'serviceAccount', 'group', 'domain'].includes(principalKind) ? ['yes'] : []
    }
    if (kind === 'domain')
      return principalKind === 'user' && principalValue.split('@')[1] === value ? ['yes'] : []
    if (kind === 'group') {
      if (!['user', 'serviceAccount', 'group'].includes(principalKind)) return []
      const inside = this.inside(member)
      if (inside.has(principal)) return ['yes']
      return [...inside].some((m) => m.startsWith('group:') && !this.groups.has(m)) ? ['maybe'] : []
    }
    if (kind === 'principalSet') {
      const pool = /^(.*Pools\/[^/]+)\/(.*)$/.exec(value)
      if (pool === null || !principalValue.startsWith(`${pool[1] ?? ''}/`)) return []
      return pool[2] === '*' ? ['yes'] : principalKind === 'principal' ? ['maybe'] : []
    }
    const basic = {
      projectOwner: 'roles/owner',
      projectEditor: 'roles/editor',
      projectViewer: 'roles/viewer',
    }[kind]
    if (basic === undefined) return []
    const project = `${CRM}projects/${value}`
    const truths: Truth[] = []
    for (const b of this.bindings) {
      if (b.role !== basic || !this.ancestry(project).has(b.on)) continue
      for (const m of b.members.filter((x) => !/^project(Owner|Editor|Viewer):/.test(x))) {
        for (const truth of this.means(m, principal)) {
          // Holding a role sets no allow policy.
          const holds = conditionTruth(b.condition, '')
          if (holds !== 'never') truths.push(b.on !== project ? 'maybe' : truth === 'yes' ? holds : truth)
        }
      }
    }
    return truths
  }

  private inside(group: string): Set<string> {
    const found = new Set([group])
    for (const at of found) for (const member of this.groups.get(at) ?? []) found.add(member)
    return found
  }

  /** How each deny rule that is about the permission applies to the principal. */
  private denials(principal: string, permission: string, scopes: Set<string>): Truth[] {
    return this.denies.flatMap(({ on, rule }): Truth[] => {
      if (!scopes.has(on)) return []
      const names = (list: string[] | undefined): boolean => (list ?? []).some((p) => named(p, permission))
      if (!names(rule.deniedPermissions) || names(rule.exceptionPermissions)) return []
      const denied = this.meant(rule.deniedPrincipals, principal)
      const excepted = this.meant(rule.exceptionPrincipals, principal)
      if (denied === undefined || excepted === 'yes') return []
      if (denied === 'maybe' || excepted === 'maybe') return ['maybe']
      return [rule.denialCondition === undefined ? 'yes' : 'if']
    })
  }

  private meant(identifiers: string[] | undefined, principal: string): 'yes' | 'maybe' | undefined {
    const truths = (identifiers ?? []).flatMap((identifier): Truth[] => {
      if (identifier === 'principalSet://goog/public:all') return ['yes']
      return this.means(
        identifier
          .replace('principal://goog/subject/', 'user:')
          .replace('principal://iam.googleapis.com/projects/-/serviceAccounts/', 'serviceAccount:')
          .replace('principalSet://goog/group/', 'group:'),
        principal,
      )
    })
    return truths.includes('yes') ? 'yes' : truths.includes('maybe') ? 'maybe' : undefined
  }
}

/** What a condition comes to from November 2026 on: over, a limit of what may be granted, or what a request tells. */
function conditionTruth(condition: string | undefined, permission: string): 'yes' | 'if' | 'never' {
  if (condition === undefined) return 'yes'
  if (condition.includes('request.time < timestamp("2020')) return 'never'
  if (condition.includes('request.time > timestamp("2020')) return 'yes'
  return condition.includes('modifiedGrantsByRole') && !permission.endsWith('.setIamPolicy') ? 'yes' : 'if'
}

function split(member: string): [string, string] {
  const colon = member.indexOf(':')
  return colon < 0 ? [member, ''] : [member.slice(0, colon), member.slice(colon + 1)]
}

/** Whether a permission of a deny rule, `host/resource.verb` with wildcards, names a permission of a role. */
function named(denied: string, permission: string): boolean {
  const [host = '', rest = ''] = denied.split('/')
  const service =
    host === 'cloudresourcemanager.googleapis.com' ? 'resourcemanager' : host.replace('.googleapis.com', '')
  const pattern = `${service}.${rest}`.split('*').map((part) => part.replaceAll('.', '\\.'))
  return new RegExp(`^${pattern.join('.*')}$`).test(permission)
}
