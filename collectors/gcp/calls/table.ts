import { ASSET_CALLS } from './assets.ts'
import type { GcpCall } from './call.ts'
import { GROUP_CALLS } from './groups.ts'
import { IAM_CALLS } from './iam.ts'

/** Every call that the collector can make, besides finding the organization. */
export const CALLS: readonly GcpCall[] = [...ASSET_CALLS, ...IAM_CALLS, ...GROUP_CALLS]

const BY_NAME = new Map(CALLS.map((call) => [call.name, call]))

export function callNamed(name: string): GcpCall | undefined {
  return BY_NAME.get(name)
}

/** What may be left out, because it takes long: the quotas of these are small. */
export type LeftOut = 'deny-policies' | 'entitlements' | 'groups'

const LEAVES: Readonly<Record<LeftOut, readonly string[]>> = {
  'deny-policies': ['deny-policies'],
  entitlements: ['entitlements'],
  groups: ['group-memberships'],
}

/** The calls of a collection that leaves out some. */
export function chosenCalls(without: readonly LeftOut[]): readonly GcpCall[] {
  const left = new Set(without.flatMap((name) => LEAVES[name]))
  return CALLS.filter(({ gap }) => !left.has(gap))
}

/** The IAM permissions of all calls and of finding the organization, sorted. */
export function allPermissions(): readonly string[] {
  const needed = [...CALLS.flatMap(({ permissions }) => permissions), 'resourcemanager.organizations.get']
  return [...new Set(needed)].sort()
}
