/**
 * Azure role assignments, slow and obvious: every question walks every assignment and every permission block. Written
 * from the Azure RBAC documentation ("How Azure RBAC determines access", "Understand role definitions", "Understand
 * scope", "Deny assignments"); shares no code with the analyzer. Speaks of ARM only; directory roles have golden cases.
 * Of a request an estate knows the action and nothing else: conditions are read by the reference of `simulate`.
 */
import type { Truth as Held } from './azure-simulate/condition.ts'
import { all, any, conditionTruth } from './azure-simulate/condition.ts'
import type { Exported } from '../analyzer/memory-reader.ts'
import type { Verdict } from './gcp.ts'

type Truth = 'yes' | 'if' | 'maybe'
type Any = any // eslint-disable-line @typescript-eslint/no-explicit-any -- raw documents of an export

const MG = '/providers/microsoft.management/managementgroups/'

export class AzureReference {
  private readonly assignments: Any[]
  /** Of Privileged Identity Management: what has to be activated first. */
  private readonly eligible: Any[]
  private readonly candidates: Any[]
  private readonly definitions = new Map<string, Any>()
  private readonly denies: Any[]
  private readonly members = new Map<string, string[]>()
  private readonly groups = new Set<string>()
  private readonly parents = new Map<string, string>()
  private root: string | undefined
  private readonly custom = new Set<string>()
  private readonly registered: Authorized[]

  constructor(exports: readonly Exported[]) {
    const rows = (kind: string): Any[] => exports.filter((e) => e.kind === kind).flatMap((e) => [...e.rows])
    this.assignments = rows('azure.role-assignments').map((row) => row.properties ?? row)
    this.eligible = rows('azure.role-eligibilities').map((row) => row.properties ?? row)
    this.candidates = rows('azure.group-eligibilities')
    for (const { groupId } of this.candidates) this.groups.add(String(groupId).toLowerCase())
    this.denies = rows('azure.deny-assignments').map((row) => row.properties)
    for (const row of rows('azure.role-definitions')) {
      this.definitions.set(String(row.name), row.properties?.permissions ?? row.permissions)
    }
    for (const row of rows('azure.groups')) this.groups.add(String(row.id).toLowerCase())
    for (const a of [...this.assignments, ...this.eligible])
      if (a.principalType === 'Group') this.groups.add(String(a.principalId).toLowerCase())
    for (const e of exports.filter(({ kind }) => kind === 'azure.group-members')) {
      const group = (e.parameters?.['group'] as string).toLowerCase()
      this.groups.add(group)
      this.members.set(group, [
        ...(this.members.get(group) ?? []),
        ...e.rows.map((row: Any) => String(row.id).toLowerCase()),
      ])
      for (const row of e.rows as Any[])
        if (row['@odata.type'] === '#microsoft.graph.group') this.groups.add(row.id)
    }
    for (const row of rows('azure.role-definitions'))
      if (row.roleType === 'CustomRole' || row.properties?.type === 'CustomRole')
        this.custom.add(String(row.name))
    this.registered = authorizedBy(rows('azure.lighthouse'))
    for (const tree of rows('azure.management-groups')) {
      this.root = MG + String(tree.name).toLowerCase()
      this.tree(tree)
    }
  }

  can(principal: string, action: string, resource: string): Verdict {
    const target = resource.toLowerCase()
    const truths: Truth[] = []
    for (const a of [...this.assignments, ...this.eligible]) {
      const where = this.covers(String(a.scope).toLowerCase(), target)
      const who = this.becomes(String(a.principalId).toLowerCase(), principal)
      if (where === undefined || who.length === 0) continue
      const blocks = this.definitions.get(String(a.roleDefinitionId).split('/').pop() ?? '')
      if (blocks === undefined) truths.push('maybe')
      for (const block of (blocks ?? []) as Any[]) {
        if (!this.gives(block, action)) continue
        const holds = all([held(a.condition, action, true), held(block.condition, action, true)])
        if (holds === 'false') continue
        for (const is of who) {
          const unsure = where === 'maybe' || is === 'maybe' || holds === 'unclear'
          const later = holds === 'open' || is === 'if' || this.eligible.includes(a)
          truths.push(unsure ? 'maybe' : later ? 'if' : 'yes')
        }
      }
    }
    for (const one of this.registered) truths.push(...this.delegated(one, principal, action, target))
    if (!this.isCovered(target)) truths.push('maybe')
    const otherwise = truths.includes('yes') ? 'allowed' : truths.includes('if') ? 'allowed-if' : 'denied'
    const maybe = otherwise !== 'allowed' && truths.includes('maybe')
    const denied = this.denies.map((deny) => this.denied(deny, principal, action, target))
    if (denied.includes('true')) return { decision: 'denied' }
    // An open condition of a deny is one more that must not hold.
    const limited = otherwise !== 'denied' && denied.includes('open') ? 'allowed-if' : otherwise
    const touched = (otherwise !== 'denied' || maybe) && denied.includes('unclear')
    return maybe || touched ? { decision: 'unknown', otherwise: limited } : { decision: limited }
  }

  /**
   * What Azure Lighthouse gives, from "Tenants, users, and roles in Azure Lighthouse scenarios" and "Create eligible
   * authorizations". The managing tenant is not imported, but for groups that are described.
   */
  private delegated(one: Authorized, principal: string, action: string, target: string): readonly Truth[] {
    if (this.covers(one.scope, target) !== 'yes') return []
    const who = one.principalId.toLowerCase()
    const is = who === principal ? ['yes' as const] : this.groups.has(who) ? this.becomes(who, principal) : []
    const role = one.roleDefinitionId.split('/').pop() ?? ''
    const blocks = this.definitions.get(role) as Any[] | undefined
    const isAdministrator = role === USER_ACCESS_ADMINISTRATOR
    let given: Truth[] = []
    if (isAdministrator) {
      const may = action.toLowerCase() === 'microsoft.authorization/roleassignments/write'
      if (may && (one.delegatedRoleDefinitionIds ?? []).length > 0) given = ['if']
    } else if (blocks === undefined) {
      given = ['maybe']
    } else if (!this.isData(action)) {
      for (const block of blocks.filter((each) => this.gives(each, action))) {
        const holds = held(block.condition, action, true)
        if (holds !== 'false') given.push(holds === 'unclear' ? 'maybe' : holds === 'open' ? 'if' : 'yes')
      }
    }
    const isBad = isAdministrator
      ? one.eligible
      : role === OWNER ||
        this.custom.has(role) ||
        (blocks ?? []).some((block: Any) =>
          (block.actions as string[]).some((name) =>
            /^microsoft\.authorization\/(\*|.*\/(write|delete))$/i.test(name),
          ),
        )
    return given.flatMap((truth) =>
      is.map((how) => {
        if (isBad || one.coming || truth === 'maybe' || how === 'maybe') return 'maybe'
        return one.eligible || truth === 'if' || how === 'if' ? 'if' : 'yes'
      }),
    )
  }

  private tree(group: Any): void {
    const id = MG + String(group.name).toLowerCase()
    for (const child of (group.children ?? []) as Any[]) {
      const isGroup = String(child.type).toLowerCase().endsWith('managementgroups')
      this.parents.set(isGroup ? MG + String(child.name).toLowerCase() : `/subscriptions/${child.name}`, id)
      if (isGroup) this.tree(child)
    }
  }

  /** Whether an assignment on a scope counts for a target: `yes`, `maybe`, or not (undefined). */
  private covers(scope: string, target: string): 'yes' | 'maybe' | undefined {
    if (scope === '/' || scope === target || target.startsWith(`${scope}/`)) return 'yes'
    if (!scope.startsWith(MG)) return undefined
    const path = target.split('/')
    let at: string | undefined = target.startsWith(MG) ? target : path.slice(0, 3).join('/')
    let top = at
    for (; at !== undefined; at = this.parents.get(at)) {
      if (at === scope) return 'yes'
      top = at
    }
    return target !== '/' && top !== this.root ? 'maybe' : undefined
  }

  private gives(block: Any, action: string): boolean {
    const given = (granted: string[], not: string[]): boolean =>
      granted.some((p) => matches(p, action)) && !not.some((p) => matches(p, action))
    return this.isData(action)
      ? given(block.dataActions ?? [], block.notDataActions ?? [])
      : given(block.actions ?? [], block.notActions ?? [])
  }

  private isData(action: string): boolean {
    return [...this.definitions.values()]
      .flat()
      .some((block: Any) =>
        [...(block.dataActions ?? []), ...(block.notDataActions ?? [])].some(
          (name: string) => name.toLowerCase() === action.toLowerCase(),
        ),
      )
  }

  private means(assigned: string, principal: string): 'yes' | 'maybe' | undefined {
    const inside = new Set([assigned])
    for (const at of inside) for (const member of this.members.get(at) ?? []) inside.add(member)
    if (inside.has(principal)) return 'yes'
    return [...inside].some((g) => this.groups.has(g) && !this.members.has(g)) ? 'maybe' : undefined
  }

  /** As `means`, and `if`: by activating memberships of groups, as many as it takes. */
  private becomes(assigned: string, principal: string): readonly Truth[] {
    const now = this.means(assigned, principal)
    if (now === 'yes') return ['yes']
    const inside = new Set([assigned])
    const standing = new Set([assigned])
    for (const at of standing) for (const member of this.members.get(at) ?? []) standing.add(member)
    for (const at of inside) {
      for (const member of this.members.get(at) ?? []) inside.add(member)
      for (const { groupId, principalId, accessId } of this.candidates)
        if (accessId === 'member' && String(groupId).toLowerCase() === at)
          inside.add(String(principalId).toLowerCase())
    }
    const isOpen = (at: string): boolean => this.groups.has(at) && !this.members.has(at)
    const later = [...inside].filter((at) => !standing.has(at))
    return [
      ...(inside.has(principal) ? (['if'] as const) : []),
      ...(now === 'maybe' || later.some(isOpen) ? (['maybe'] as const) : []),
    ]
  }

  private isCovered(target: string): boolean {
    const scopes = this.assignments.map((a) => String(a.scope).toLowerCase())
    if (target === '/') return scopes.length > 0
    const top = target.startsWith(MG) ? target : target.split('/').slice(0, 3).join('/')
    return scopes.some((s) => s === top || s.startsWith(`${top}/`) || this.covers(s, top) === 'yes')
  }

  /** Whether a deny assignment stops the principal: surely, not at all, or perhaps. */
  private denied(deny: Any, principal: string, action: string, target: string): Held {
    if (deny.denyAssignmentEffect === 'audit') return 'false'
    const scope = String(deny.scope).toLowerCase()
    const covers =
      deny.doNotApplyToChildScopes === true && scope !== target ? undefined : this.covers(scope, target)
    const blocks = (deny.permissions as Any[]).filter((block) => this.gives(block, action))
    const conditions = blocks.map((block) =>
      all([held(deny.condition, action, false), held(block.condition, action, false)]),
    )
    const isOneOf = (list: Any[]): Held =>
      any(list.map(({ id }) => truth(this.means(String(id).toLowerCase(), principal))))
    const everyone = (deny.principals as Any[]).some(({ type }) => type === 'SystemDefined')
    const excluded = isOneOf(deny.excludePrincipals as Any[])
    const is = all([
      truth(covers),
      any(conditions),
      everyone ? 'true' : isOneOf(deny.principals as Any[]),
      excluded === 'true' ? 'false' : excluded === 'false' ? 'true' : excluded,
    ])
    // A group acts through its members, of whom one may be excluded. A registration does not tell who is a group.
    const isMany =
      this.groups.has(principal) || this.registered.some((one) => one.principalId.toLowerCase() === principal)
    const mayBeSpared = isMany && (deny.excludePrincipals as Any[]).length > 0
    return is !== 'false' && mayBeSpared ? 'unclear' : is
  }
}

const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'

interface Authorized {
  readonly scope: string
  readonly eligible: boolean
  readonly coming: boolean
  readonly principalId: string
  readonly roleDefinitionId: string
  readonly delegatedRoleDefinitionIds?: readonly string[]
}

/** Every authorization of every registration assignment, whose definition is in it or in a row of its own. */
function authorizedBy(rows: readonly Any[]): Authorized[] {
  const found: Authorized[] = []
  for (const row of rows) {
    const wanted = String(row.properties.registrationDefinitionId).toLowerCase()
    if (row.properties.registrationDefinitionId === undefined) continue
    const what =
      row.properties.registrationDefinition ?? rows.find((each) => String(each.id).toLowerCase() === wanted)
    const states: string[] = [row, what].map((each) => each?.properties.provisioningState ?? 'Succeeded')
    if (what === undefined || states.some((state) => /^(failed|canceled|deleted)$/i.test(state))) continue
    const coming = states.some((state) => state !== 'Succeeded')
    const scope = String(row.id).toLowerCase().split('/providers/microsoft.managedservices/')[0] ?? ''
    const of = (list: Any, eligible: boolean): Authorized[] =>
      ((list ?? []) as Any[]).map((each) => ({ ...each, scope, eligible, coming }))
    found.push(
      ...of(what.properties.authorizations, false),
      ...of(what.properties.eligibleAuthorizations, true),
    )
  }
  return found
}

function truth(is: 'yes' | 'maybe' | undefined): Held {
  return is === 'yes' ? 'true' : is === 'maybe' ? 'unclear' : 'false'
}

function held(condition: Any, action: string, absentFails: boolean): Held {
  if (!condition) return 'true'
  return conditionTruth(String(condition), {
    action,
    subOperation: undefined,
    value: () => undefined,
    absentFails,
  })
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern
    .toLowerCase()
    .split('*')
    .map((part) => part.replaceAll('.', '\\.'))
  return new RegExp(`^${parts.join('.*')}$`).test(action.toLowerCase())
}
