import { ARM_CALLS } from './arm.ts'
import type { AzureCall } from './call.ts'
import { DELEGATED_PERMISSION_CALL } from './delegated-permissions.ts'
import { DIRECTORY_ROLE_CALLS } from './directory-roles.ts'
import { DIRECTORY_CALLS } from './directory.ts'
import { LIGHTHOUSE_CALLS } from './lighthouse.ts'
import { RESOURCE_GRAPH_CALLS } from './resource-graph.ts'

/** Every call that the collector can make, besides asking which tenant it is in. */
export const CALLS: readonly AzureCall[] = [
  ...ARM_CALLS,
  ...RESOURCE_GRAPH_CALLS,
  ...LIGHTHOUSE_CALLS,
  ...DIRECTORY_CALLS,
  ...DIRECTORY_ROLE_CALLS,
  DELEGATED_PERMISSION_CALL,
]

const BY_NAME = new Map(CALLS.map((call) => [call.name, call]))

export function callNamed(name: string): AzureCall | undefined {
  return BY_NAME.get(name)
}

/** What may be left out: what only some tenants have, or what takes a call for each group. */
export type LeftOut = 'eligibilities' | 'group-members'

const LEAVES: Readonly<Record<LeftOut, readonly string[]>> = {
  eligibilities: [
    'role-eligibilities',
    'directory-role-eligibilities',
    'group-eligibilities',
    'role-policies',
    'directory-role-policies',
  ],
  'group-members': ['group-members'],
}

/** The calls of a collection that leaves out some. */
export function chosenCalls(without: readonly LeftOut[]): readonly AzureCall[] {
  const left = new Set(without.flatMap((name) => LEAVES[name]))
  return CALLS.filter(({ gap }) => !left.has(gap))
}

function permissionsOf(service: AzureCall['how']['service']): readonly string[] {
  const needed = CALLS.filter(({ how }) => how.service === service).flatMap(({ permissions }) => permissions)
  return [...new Set(needed)].sort()
}

/** Actions of Azure Resource Manager that the calls need, sorted. */
export function armActions(): readonly string[] {
  return permissionsOf('arm')
}

/** Application permissions of Microsoft Graph that the calls need, with the one that tells the tenant, sorted. */
export function graphPermissions(): readonly string[] {
  return [...new Set([...permissionsOf('graph'), 'Organization.Read.All'])].sort()
}
