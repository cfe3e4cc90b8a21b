import type { SnapshotReader } from '../../../graph/index.ts'
import { gapsOf, isCutOff } from '../../grants/gaps.ts'
import { isTold } from '../delegated-permissions.ts'
import type { AzureState, OwnerState, RoleState } from '../state.ts'
import type { Collected, CollectedEligible } from './collected.ts'
import { delegatedAssignments, outsideOf } from './lighthouse.ts'

/** Turns what was read into the engine's state. */
export function buildState(from: Collected, snapshot: SnapshotReader['snapshot']): AzureState {
  const ids = [...from.principals.keys()].sort()
  const numbers = new Map(ids.map((id, i) => [id, i]))
  const { roles, numberOf } = numberRoles(from)
  const outside = outsideOf(from)
  const gaps = gapsOf('azure', snapshot)
  return {
    tenant: tenantOf(from),
    principals: ids.map((id) => {
      const principal = from.principals.get(id)
      const of = outside.get(id)
      const kind = principal?.kind ?? 'unknown'
      return { id, kind, name: principal?.name ?? id, ...(of === undefined ? {} : { outside: of }) }
    }),
    roles,
    assignments: [
      ...[...from.assignments.values()].flatMap((assignment) => {
        const principal = numbers.get(assignment.principal)
        if (principal === undefined) return []
        const { id, scope, condition, mayHaveCondition, eligible, at } = assignment
        return [
          { id, scope, role: numberOf(assignment), principal, condition, mayHaveCondition, eligible, at },
        ]
      }),
      ...delegatedAssignments(from, roles, numbers, (role) =>
        numberOf({ role, roleName: null, directory: false }),
      ),
    ],
    groups: new Map(
      [...from.groups].flatMap(([group, list]) => {
        const number = numbers.get(group)
        if (number === undefined) return []
        const members = list.flatMap(({ member, at }) => {
          const m = numbers.get(member)
          return m === undefined ? [] : [{ m, at }]
        })
        return [[number, { members: members.map(({ m }) => m), at: members.map(({ at }) => at) }]]
      }),
    ),
    parents: from.parents,
    roots: from.roots,
    denies: from.denies,
    gaps,
    federated: from.federated.map((credential) => ({ ...credential, of: resolved(credential.of, from) })),
    audiences: from.audiences.size === 0 ? null : [...from.audiences].sort(),
    owners: ownersOf(from),
    identities: identitiesOf(from),
    groupKinds: from.groupKinds,
    units: new Map(
      [...from.units].map(([unit, found]) => {
        const isCut = isCutOff(gaps, 'administrative-unit-members', unit)
        return [unit, { ...found, members: isCut ? null : found.members }]
      }),
    ),
    eligibleMembers: eligibleOf(from.eligibleMembers, numbers),
    eligibleOwners: eligibleOf(from.eligibleOwners, numbers),
    activations: from.activations,
    appRoles: from.appRoles.flatMap(({ principal, appRole, of, at }) => {
      const number = numbers.get(principal)
      const appId = from.principals.get(of)?.appId
      const ofGraph = appId === undefined ? null : appId === GRAPH
      return number === undefined ? [] : [{ principal: number, appRole, ofGraph, at }]
    }),
    delegated: from.delegated.flatMap(({ client, user, of, scopes, at }) => {
      const [who, whom] = [numbers.get(client), user === null ? null : numbers.get(user)]
      if (who === undefined || whom === undefined) return []
      const api = from.principals.get(of)?.appId ?? null
      const told = scopes.filter((scope) => isTold(scope, api))
      return told.length === 0 ? [] : [{ client: who, user: whom, api, scopes: told, at }]
    }),
    userAssigned: from.identityIds,
    runsAs: [...from.resources].flatMap(([resource, { runsAs, at }]) =>
      runsAs.map((principal) => ({ resource, principal, at })),
    ),
  }
}

function eligibleOf(
  list: readonly CollectedEligible[],
  numbers: ReadonlyMap<string, number>,
): AzureState['eligibleMembers'] {
  return list.flatMap(({ group, principal, at }) => {
    const [of, who] = [numbers.get(group), numbers.get(principal)]
    return of === undefined || who === undefined ? [] : [{ group: of, principal: who, at }]
  })
}

/** Client id of Microsoft Graph, in every tenant. */
const GRAPH = '00000003-0000-0000-c000-000000000000'

/** The tenant's id; `directory` when no export tells it. */
export function tenantOf(from: Collected): string {
  return from.tenant ?? 'directory'
}

function numberRoles(from: Collected): {
  roles: RoleState[]
  numberOf: (assignment: { role: string; roleName: string | null; directory: boolean }) => number
} {
  const roles: RoleState[] = []
  const numbers = new Map<string, number>()
  for (const [id, role] of from.roles) {
    numbers.set(`${role.directory ? 'directory' : 'arm'} ${id}`, roles.push({ id, ...role }) - 1)
  }
  return {
    roles,
    numberOf: ({ role, roleName, directory }) => {
      const key = `${directory ? 'directory' : 'arm'} ${role}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      const name = roleName ?? from.roleNames.get(role) ?? role
      const number = roles.push({ id: role, name, directory, blocks: null }) - 1
      numbers.set(key, number)
      return number
    },
  }
}

/** An owner or credential call may name an application by its object id or its client id; ARM ids name an identity. */
function resolved(id: string, from: Collected): string {
  if (from.principals.has(id)) return id
  const application = from.applications.get(id)
  return application ?? from.identityIds.get(id) ?? id
}

function ownersOf(from: Collected): ReadonlyMap<string, readonly OwnerState[]> {
  const found = new Map<string, OwnerState[]>()
  for (const [of, owners] of from.owners) {
    const key = resolved(of, from)
    found.set(key, [...(found.get(key) ?? []), ...owners])
  }
  return found
}

function identitiesOf(from: Collected): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [id, { kind, appId }] of from.principals) {
    const application =
      appId === undefined || kind === 'application' ? undefined : from.applications.get(appId)
    if (application === undefined) continue
    found.set(application, [...(found.get(application) ?? []), id].sort())
  }
  return found
}
