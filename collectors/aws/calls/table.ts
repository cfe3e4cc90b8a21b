import { GomeisaError } from '../../../graph/index.ts'
import { type Call, nameOf } from './call.ts'
import { IAM_CALLS } from './iam.ts'
import { IDENTITY_CENTER_CALLS } from './identity-center.ts'
import { MACHINE_CALLS } from './machines.ts'
import { ORGANIZATION_CALLS } from './organizations.ts'
import { RESOURCE_CALLS } from './resources.ts'
import { STORAGE_CALLS } from './storage.ts'
import { WORKLOAD_CALLS } from './workloads.ts'

/** Every call that the collector can make, besides finding out who it is and taking the role of each account. */
export const CALLS: readonly Call[] = [
  ...ORGANIZATION_CALLS,
  ...IDENTITY_CENTER_CALLS,
  ...IAM_CALLS,
  ...RESOURCE_CALLS,
  ...STORAGE_CALLS,
  ...WORKLOAD_CALLS,
  ...MACHINE_CALLS,
]

const BY_NAME = new Map(CALLS.map((call) => [nameOf(call), call]))

export function callNamed(name: string): Call | undefined {
  return BY_NAME.get(name)
}

/** The IAM actions of all calls, sorted. */
export function allActions(calls: readonly Call[] = CALLS): readonly string[] {
  return [...new Set(calls.flatMap((call) => call.actions))].sort()
}

/** A call that the code asks for by name. */
export function requiredCall(name: string): Call {
  const call = BY_NAME.get(name)
  if (call === undefined) throw new GomeisaError('INTERNAL', `there is no call \`${name}\``)
  return call
}

/** The calls of a collection, with or without those about usage. */
export function chosenCalls(usage: boolean): readonly Call[] {
  return usage ? CALLS : CALLS.filter((call) => call.yields !== 'aws.usage')
}
