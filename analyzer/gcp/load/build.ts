import type { SnapshotReader } from '../../../graph/index.ts'
import { gapsOf } from '../../grants/gaps.ts'
import { canonicalMember, parseMember } from '../member.ts'
import type { Aliases } from '../resource-name.ts'
import { canonicalResource, isContainer, pathsAbove, projectIn, RESOURCE_MANAGER } from '../resource-name.ts'
import type { BindingState, BoundState, DenyState, GcpState, GroupState, RoleState } from '../state.ts'
import type { Collected } from './collected.ts'

/** Turns what was read into the engine's state: canonical names, numbered members, the hierarchy. */
export function buildState(from: Collected, snapshot: SnapshotReader['snapshot']): GcpState {
  const aliases: Aliases = {
    projects: from.projectIds,
    serviceAccounts: new Map(
      [...from.serviceAccounts.values()].flatMap((a) => (a.uniqueId === null ? [] : [[a.uniqueId, a.email]])),
    ),
  }
  const canonical = memoized((name: string) => canonicalResource(name, aliases))
  const numbers = numberMembers(from)
  const above = hierarchy(from, canonical)
  const permissions = [...new Set([...from.roles.values()].flatMap((role) => role.permissions ?? []))].sort()
  const { roles, bindings } = numberRoles(from, canonical, numbers.of, permissions)
  return {
    members: numbers.members,
    principals: numbers.principals,
    permissions,
    roles,
    bindings,
    groups: groupStates(from, numbers.of),
    above,
    tops: new Set(
      [...from.containers]
        .flatMap(([name, c]) => (c.isTop ? [canonical(name)] : []))
        .concat(organizations(above)),
    ),
    aliases,
    takenAt: from.takenAt,
    boundaries: boundaries(from, canonical),
    denies: from.denies.map((deny): DenyState => ({ ...deny, attachedTo: canonical(deny.attachedTo) })),
    gaps: gapsOf('gcp', snapshot),
    providers: from.providers.map((p) => ({ ...p, name: canonical(p.name) })),
    serviceAccounts: [...from.serviceAccounts.values()].map(({ email, uniqueId, at }) => ({
      email,
      uniqueId,
      at,
    })),
    keys: from.keys.map(({ credential, at }) => ({ id: credential.id, at })),
    domains: [...from.containers]
      .filter(([name]) => name.startsWith(`${RESOURCE_MANAGER}organizations/`))
      .flatMap(([, container]) => (container.display === null ? [] : [container.display.toLowerCase()])),
  }
}

function memoized(canonical: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    let found = known.get(name)
    if (found === undefined) {
      found = canonical(name)
      known.set(name, found)
    }
    return found
  }
}

interface Numbers {
  readonly members: readonly string[]
  readonly principals: number
  readonly of: (member: string) => number | undefined
}

/** Numbers every member that an export names: principals first, then the convenience values; deleted ones get none. */
function numberMembers(from: Collected): Numbers {
  const principals = new Set<string>()
  const expressions = new Set<string>()
  const note = (text: string): void => {
    const member = canonicalMember(text)
    const { type } = parseMember(member)
    if (type === 'holders') expressions.add(member)
    else if (type !== 'deleted') principals.add(member)
  }
  for (const binding of from.bindings) for (const member of binding.members) note(member)
  for (const group of from.groups.keys()) note(group)
  for (const list of from.groups.values())
    for (const { member } of list) if (member.includes(':')) note(member)
  for (const email of from.serviceAccounts.keys()) note(`serviceAccount:${email}`)
  for (const { account } of from.keys) if (account.includes('@')) note(`serviceAccount:${account}`)
  for (const resource of from.resources) for (const email of resource.runsAs) note(`serviceAccount:${email}`)
  // A listing that does not tell types: what no export calls a group is a user.
  for (const list of from.groups.values()) {
    for (const { member } of list) {
      if (!member.includes(':') && !principals.has(`group:${member}`)) principals.add(`user:${member}`)
    }
  }
  const members = [...[...principals].sort(), ...[...expressions].sort()]
  const index = new Map(members.map((member, i) => [member, i]))
  const of = (text: string): number | undefined =>
    text.includes(':') || text === 'allUsers' || text === 'allAuthenticatedUsers'
      ? index.get(canonicalMember(text))
      : (index.get(`group:${text}`) ?? index.get(`user:${text}`))
  return { members, principals: principals.size, of }
}

function groupStates(from: Collected, numberOf: Numbers['of']): ReadonlyMap<number, GroupState> {
  const groups = new Map<number, GroupState>()
  for (const [group, list] of from.groups) {
    const number = numberOf(group)
    if (number === undefined) continue
    const entries = list.flatMap(({ member, at }) => {
      const m = numberOf(member)
      return m === undefined ? [] : [{ m, at }]
    })
    groups.set(number, { members: entries.map(({ m }) => m), at: entries.map(({ at }) => at) })
  }
  return groups
}

function numberRoles(
  from: Collected,
  canonical: (name: string) => string,
  numberOf: Numbers['of'],
  permissions: readonly string[],
): { roles: RoleState[]; bindings: BindingState[] } {
  const index = new Map(permissions.map((name, i) => [name, i]))
  const roles: RoleState[] = []
  const roleNumbers = new Map<string, number>()
  const roleNumber = (name: string): number => {
    const known = roleNumbers.get(name)
    if (known !== undefined) return known
    const role = from.roles.get(name)
    const listed = role?.permissions?.flatMap((permission) => index.get(permission) ?? []) ?? null
    const number = roles.push({ name, title: role?.title ?? null, permissions: listed }) - 1
    roleNumbers.set(name, number)
    return number
  }
  const bindings = from.bindings.map((binding): BindingState => {
    const members = binding.members.map(numberOf).filter((number) => number !== undefined)
    return {
      scope: canonical(binding.resource),
      role: roleNumber(binding.role),
      members: [...new Set(members)],
      condition: binding.condition,
      after: binding.after ?? null,
      at: binding.at,
    }
  })
  return { roles, bindings }
}

/** What is above each thing. The project in a name is above it, and so is every named thing whose path it continues. */
function hierarchy(
  from: Collected,
  canonical: (name: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const above = new Map<string, Set<string>>()
  const known = new Set<string>()
  for (const { resource } of from.bindings) known.add(canonical(resource))
  for (const { name } of from.resources) known.add(canonical(name))
  for (const email of from.serviceAccounts.values()) {
    if (email.project !== null) {
      known.add(canonical(`//iam.googleapis.com/projects/${email.project}/serviceAccounts/${email.email}`))
    }
  }
  const put = (name: string, higher: string): void => {
    if (name === higher) return
    const set = above.get(name)
    if (set === undefined) above.set(name, new Set([higher]))
    else set.add(higher)
  }
  for (const [name, list] of from.above) for (const higher of list) put(canonical(name), canonical(higher))
  for (const name of known) {
    const project = projectIn(name)
    if (project !== undefined && !isContainer(name)) put(name, canonical(`projects/${project}`))
    for (const path of pathsAbove(name)) if (known.has(path)) put(name, path)
  }
  return new Map([...above].map(([name, set]) => [name, [...set]]))
}

function organizations(above: ReadonlyMap<string, readonly string[]>): string[] {
  const named = new Set([...above.values()].flat())
  return [...named].filter((name) => name.startsWith(`${RESOURCE_MANAGER}organizations/`))
}

/** Boundaries as they are bound, names canonical. */
function boundaries(from: Collected, canonical: (name: string) => string): BoundState[] {
  return from.policyBindings.map(({ at, ...bound }): BoundState => {
    const rules = from.boundaryPolicies.get(bound.policy)
    return {
      at,
      boundary: {
        ...bound,
        principalSet: canonical(bound.principalSet),
        rules: rules === undefined ? null : { ...rules, resources: rules.resources.map(canonical) },
      },
    }
  })
}
